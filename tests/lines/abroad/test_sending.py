"""A Case goes out once, whatever the far end does, and what is refused comes back to people with the reason."""

from typing import Any

import pytest

from bihuan.kernel.private import unseal
from bihuan.lines.abroad import linking, sending
from bihuan.lines.abroad.models import Handing, Link, State
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from bihuan.spine.door.models import Submission
from bihuan.spine.messages import outside
from tests.lines.abroad.conftest import handed
from tests.lines.abroad.going import change, fresh, go, newest
from tests.lines.abroad.peer import Peer
from tests.spine.cases.known import World


def test_a_case_goes_out_once_and_gets_its_number(link: Link, peer: Peer, case: Case) -> None:
    assert (go(link).state, go(link).number, peer.posts) == (State.TAKEN, "100", 1)
    assert peer.requests["100"]["attribute[where]"] == "road"
    assert unseal(link.key_sealed) == "k-1" and b"k-1" not in bytes(link.key_sealed or b"")


def test_nothing_of_the_person_goes_along_unless_the_link_says_so(
    link: Link, peer: Peer, case: Case, world: World
) -> None:
    submission = case.askers.get().submission
    Submission.objects.update(text="my lamp is dark")
    go(link)
    assert "lamp" not in peer.requests["100"]["description"] and not peer.requests["100"]["phone"]
    change(link, sends_words=True, sends_person=True)
    handed(world)
    Submission.objects.update(text="my lamp is dark")
    go(link)
    assert "lamp" in peer.requests["101"]["description"]
    assert peer.requests["101"]["phone"] == unseal(submission.phone_sealed)


def test_a_token_is_asked_for_its_number_until_there_is_one(link: Link, peer: Peer, case: Case) -> None:
    peer.gives_tokens = True
    assert (go(link).state, newest(link).token) == (State.TOKEN, "t100")
    assert go(link).state == State.TOKEN
    peer.tokens["t100"] = "100"
    assert (go(link).state, newest(link).number, peer.posts) == (State.TAKEN, "100", 1)


def test_a_refusal_comes_back_to_people_with_the_reason(link: Link, peer: Peer, case: Case) -> None:
    peer.fault = "refuse"
    assert go(link).state == State.REFUSED
    assert fresh(case).status == Status.RETURNED and fresh(case).agency is None
    assert "this road is not ours" in case.notes.get().text
    assert (go(link).state, peer.posts) == (State.REFUSED, 1)


def test_assigned_to_them_again_it_goes_out_again(link: Link, peer: Peer, case: Case, world: World) -> None:
    peer.fault = "refuse"
    go(link)
    actions.assign(case=fresh(case), agency=world.grid, by=world.olga)
    assert (go(link).state, peer.posts) == (State.TAKEN, 2)


@pytest.mark.parametrize("fault", ["busy", "forbid"])
def test_what_was_surely_not_taken_is_sent_again(link: Link, peer: Peer, case: Case, fault: str) -> None:
    peer.fault = fault
    handing = go(link)
    assert handing.state == State.WAITING and "HTTP" in handing.error
    assert (go(link).state, newest(link).error, len(peer.requests)) == (State.TAKEN, "", 1)


def test_where_nobody_listens_it_waits_longer_each_time_and_comes_back_after_days(
    link: Link, case: Case
) -> None:
    change(link, url="http://127.0.0.1:9/v2")
    tries = len(sending.WAITS_S)
    states = [go(link).state for _ in range(tries + 1)]
    assert states == [State.WAITING] * tries + [State.REFUSED]
    assert fresh(case).status == Status.RETURNED and sum(sending.WAITS_S) > 3 * 86_400


def test_taken_and_then_a_500_it_is_found_there_and_not_sent_twice(
    link: Link, peer: Peer, case: Case
) -> None:
    peer.fault = "dies"
    assert go(link).state == State.UNCLEAR
    assert (go(link).state, newest(link).number, peer.posts) == (State.TAKEN, "100", 1)


def test_taken_and_answered_too_late_it_is_not_sent_twice(
    link: Link, peer: Peer, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, peer.fault, peer.late_s = outside.ask, "hangs", 0.6
    monkeypatch.setattr(outside, "ask", lambda *args, **more: ask(*args, within_s=0.2, **more))
    assert go(link).state == State.UNCLEAR
    assert (go(link).state, peer.posts) == (State.TAKEN, 1)


def unclear(link: Link, peer: Peer) -> Handing:
    """An ask that was answered with 500 and can't be found there."""
    peer.fault = "broken"
    for _ in range(1 + len(sending.LOOKS_S)):
        go(link)
    return newest(link)


def test_what_cannot_be_found_waits_for_a_person(link: Link, peer: Peer, case: Case) -> None:
    handing = unclear(link, peer)
    assert (handing.state, handing.due_at, peer.posts) == (State.UNCLEAR, None, 1)
    assert case.notes.count() == 1 and fresh(case).status == Status.WAITING


def test_a_person_says_that_it_goes_again(link: Link, peer: Peer, case: Case, world: World) -> None:
    linking.send_again(handing=unclear(link, peer), by=world.max)
    assert (go(link).state, peer.posts, len(peer.requests)) == (State.TAKEN, 2, 1)


def test_whoever_decides_second_is_told(link: Link, peer: Peer, case: Case, world: World) -> None:
    handing = unclear(link, peer)
    linking.settle(handing=newest(link), by=world.max, number="7")
    with pytest.raises(Exception, match=r"meanwhile|决定"):
        linking.send_again(handing=handing, by=world.max)
    assert newest(link).number == "7"


def test_where_the_same_twice_is_one_there_it_just_goes_again(link: Link, peer: Peer, case: Case) -> None:
    change(link, is_repeatable=True)
    peer.fault = "broken"
    assert go(link).state == State.WAITING
    assert (go(link).state, peer.posts) == (State.TAKEN, 2)


def test_a_worker_that_died_while_it_sent_sends_nothing_twice(
    link: Link, peer: Peer, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "_take", die)
    with pytest.raises(KeyboardInterrupt):
        go(link)
    monkeypatch.undo()
    assert newest(link).state == State.SENDING and peer.posts == 1
    assert go(link).state == State.UNCLEAR
    assert (go(link).state, newest(link).number, peer.posts) == (State.TAKEN, "100", 1)


def test_a_case_that_went_elsewhere_meanwhile_is_not_sent(
    link: Link, peer: Peer, case: Case, world: World
) -> None:
    change(link, url="http://127.0.0.1:9/v2")
    go(link)
    change(link, url=peer.url)
    actions.accept(case=fresh(case), by=world.ben)
    assert (go(link).state, peer.posts) == (State.OVER, 0)


def test_what_the_asker_says_goes_there_once(link: Link, peer: Peer, case: Case) -> None:
    change(link, takes_updates=True, sends_words=True)
    go(link)
    actions.say(case=fresh(case), by=ASKER, text="it is deeper now")
    go(link)
    go(link)
    assert [(one["status"], one["description"]) for one in peer.told] == [("OPEN", "it is deeper now")]
    assert peer.told[0]["service_request_id"] == "100"


def test_each_step_abroad_leaves_an_event(link: Link, case: Case) -> None:
    go(link)
    verbs = Event.objects.filter(case_id=case.pk).order_by("id").values_list("verb", flat=True)
    assert "abroad_sent" in verbs
