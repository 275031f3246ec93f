"""What words are about."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from typing import Any

import pytest
from django.db import connection

from bihuan.kernel.ids import format_receipt
from bihuan.spine.cases import actions
from bihuan.spine.cases.conversing import Words, hear, language_of
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.triage import triage_all
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.drills.starting import OnDuty
from bihuan.spine.messages.models import Picture
from bihuan.spine.messages.pictures import keeping
from tests.spine.cases.known import PHONE, World, make_case, make_world
from tests.spine.messages.drills.made import reach, start

_keys = count(1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def say(text: str, key: str = "") -> str:
    return hear(Words("sms", PHONE, key or str(next(_keys)), text, phone=PHONE))


def wechat(text: str, lon: float | None = None, lat: float | None = None) -> str:
    return hear(Words("wechat", "wechat:ana", str(next(_keys)), text, lon=lon, lat=lat))


def now(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_words_of_somebody_without_a_case_are_an_ask_with_a_receipt(world: World) -> None:
    reply = say("3栋停电了")
    one = Submission.objects.get()
    assert format_receipt(one.receipt) in reply and (one.channel, one.text) == ("sms", "3栋停电了")


def test_the_code_of_a_drill_is_an_answer_to_it_and_no_ask(world: World, settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms"]
    reach(world.ben, PHONE)
    drill = start([OnDuty(world.ben, world.grid, "officer", "en")])
    assert "counts" in say(f"{drill.called.get().code}")
    assert not Submission.objects.exists()
    say("3栋停电了")
    assert Submission.objects.count() == 1


def test_later_words_go_to_the_open_case(world: World) -> None:
    case = make_case(world, Status.WORKING)
    say("third floor")
    assert case.notes.get().text == "third floor" and not Submission.objects.filter(channel="sms").exists()


def test_a_question_is_answered_and_done_is_confirmed_or_not(world: World) -> None:
    case = actions.hold(case=make_case(world, Status.WORKING), by=world.ben, question="which door?")
    say("the green one")
    assert now(case).status == Status.WORKING
    actions.resolve(case=now(case), by=world.ben, reply="done")
    assert "1" in say("hm, let me see")
    say("没好")
    assert now(case).status == Status.REOPENED
    actions.resolve(case=now(case), by=world.ben, reply="done")
    say("是的。")
    assert now(case).status == Status.CLOSED


def test_of_several_the_person_says_which(world: World) -> None:
    first, second = make_case(world, Status.WORKING), make_case(world, Status.WORKING)
    assert "1  " in say("third floor") and not first.notes.exists()
    say("2")
    assert (first.notes.get().text, second.notes.count()) == ("third floor", 0)


def test_a_word_at_the_beginning_makes_a_new_ask(world: World) -> None:
    make_case(world)
    say("新诉求：没有水")
    say("new ask: no gas")
    assert list(Submission.objects.filter(channel="sms").values_list("text", flat=True)) == [
        "没有水",
        "no gas",
    ]
    assert "几句话" in say("新诉求")


def test_the_same_message_twice_is_done_once(world: World) -> None:
    case = make_case(world, Status.WORKING)
    assert say("third floor", "k1") == say("third floor", "k1")
    assert case.notes.count() == 1


def test_an_address_that_is_no_telephone_keeps_its_thread(world: World) -> None:
    wechat("停电了", 113.1, 27.8)
    triage_all()
    wechat("三楼")
    case = Case.objects.get()
    assert (case.lon, case.notes.get().text) == (113.1, "三楼")


def test_silence_is_asked_to_speak_and_a_refusal_is_said_in_words(world: World) -> None:
    assert "几句话" in say(" ")
    case = make_case(world, Status.WORKING)
    assert "4000" in say("x" * 4001) and not case.notes.exists()


def test_the_language_is_that_of_the_words() -> None:
    assert [language_of(text) for text in ("no power", "停电", "1")] == ["en", "zh-hans", "zh-hans"]


@pytest.mark.parametrize(
    "where", ["bihuan.spine.cases.conversing.keeping.put_to", "bihuan.spine.cases.actions.say"]
)
def test_killed_between_deed_and_answer_it_is_done_once(
    world: World, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(world, Status.WORKING)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(where, lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        say("third floor", "k1")
    assert not case.notes.exists()
    assert say("third floor", "k1") == say("third floor", "k1")
    assert case.notes.count() == 1


def test_killed_after_the_door_took_it_the_ask_stays_one_even_when_it_is_a_case_by_then(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(
            "bihuan.spine.cases.conversing._received", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        say("3栋停电了", "k2")
    triage_all()
    assert format_receipt(Submission.objects.get().receipt) in say("3栋停电了", "k2")
    assert Submission.objects.count() == 1 and not Case.objects.get().notes.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_message_delivered_to_many_at_once_is_done_once() -> None:
    case = make_case(make_world(), Status.WORKING)

    def deliver(_: int) -> str:
        try:
            return say("third floor", "k3")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(deliver, range(8)))) == 1
    assert case.notes.count() == 1


def test_pictures_wait_with_their_words_and_go_to_the_ask_that_is_chosen(world: World) -> None:
    make_case(world, Status.WORKING), make_case(world, Status.WORKING)
    hear(Words("sms", PHONE, "p1", "", phone=PHONE, pictures=("https://x.example/a.jpg",)))
    assert not Picture.objects.exists()
    say("1")
    newest = Case.objects.order_by("-id")[0]
    assert Picture.objects.get().receipt == newest.askers.get().submission.receipt
    assert "图片" in newest.notes.get().text


def test_a_picture_alone_is_an_ask(world: World) -> None:
    hear(Words("sms", PHONE, "p2", "", phone=PHONE, pictures=("https://x.example/a.jpg",)))
    assert Picture.objects.get().receipt == Submission.objects.get().receipt


def _say_and_hang(done: Event) -> None:
    """Hear a message in a process of its own, and hang when its deed is done and its answer is not kept yet."""
    connection.close()

    def hang(*_: object) -> None:
        done.set()
        time.sleep(60)

    keeping.put_to = hang
    say("third floor", "k9")


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_mid_conversation_has_done_nothing_and_the_next_does_it_once() -> None:
    case = make_case(make_world(), Status.WORKING)
    connection.close()
    fork = get_context("fork")
    done = fork.Event()
    first = fork.Process(target=_say_and_hang, args=(done,))
    first.start()
    assert done.wait(30)
    first.kill()
    first.join()
    assert not case.notes.exists()
    assert "补充" in say("third floor", "k9") or "Added" in say("third floor", "k9")
    assert case.notes.count() == 1
