"""What is remembered of conversations."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.messages.conversations import remembering
from bihuan.spine.messages.models import Correspondent

pytestmark = pytest.mark.django_db
ANA = "wechat:ana"


def test_a_message_is_answered_once_and_its_answer_kept() -> None:
    asked: list[int] = []
    answer = lambda: asked.append(1) or "yes"  # type: ignore[func-returns-value]  # noqa: E731
    assert [remembering.once("k", answer), remembering.once("k", answer)] == ["yes", "yes"]
    assert asked == [1]


def test_when_the_first_died_nothing_was_done_and_the_next_is_heard() -> None:
    def dies() -> str:
        remembering.remember("111", "wechat", ANA)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remembering.once("k", dies)
    assert not Correspondent.objects.exists()
    assert remembering.once("k", lambda: "yes") == "yes"


def test_an_answer_is_handed_over_once_and_again_when_that_failed() -> None:
    remembering.once("k", lambda: "yes")
    with pytest.raises(ZeroDivisionError):
        remembering.hand_over("k", lambda: 1 // 0)  # type: ignore[arg-type,return-value]
    sent: list[int] = []
    assert [remembering.hand_over("k", lambda: sent.append(1)) for _ in range(2)] == [True, False]
    assert sent == [1]


def test_the_sender_belongs_to_the_key_of_a_message() -> None:
    keys = {remembering.key_of("mail", address, "<1>") for address in ("ana@x.example", "dan@x.example")}
    assert len(keys) == 2 and all("ana" not in key and len(key) <= 64 for key in keys)


def test_an_address_is_found_by_receipt_and_receipts_by_address_sealed() -> None:
    remembering.remember("111", "wechat", ANA)
    remembering.remember("222", "wechat", ANA)
    assert (remembering.address_of("111"), remembering.address_of("333")) == (ANA, "")
    assert remembering.receipts_of(ANA) == ["222", "111"]
    assert b"ana" not in bytes(Correspondent.objects.all()[0].address_sealed)


def test_a_number_chooses_once_and_only_what_was_offered() -> None:
    remembering.wait(ANA, "third floor", ["wechat:7"], ["111", "222"])
    assert remembering.choose(ANA, 3) is None
    assert remembering.choose(ANA, 2) == ("222", "third floor", ["wechat:7"])
    assert remembering.choose(ANA, 2) is None


def test_nobody_chooses_what_is_old_and_it_is_dropped() -> None:
    remembering.wait(ANA, "third floor", ["wechat:7"], ["111"])
    later = clock.now() + timedelta(days=3)
    with clock.running(lambda: later):
        assert remembering.choose(ANA, 1) is None
        assert remembering.forget_old() == 1
