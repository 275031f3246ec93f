"""What their server says of our Cases is heard, each thing once, and done; nothing there closes a Case here."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.abroad import wire
from bihuan.lines.abroad.models import Link, State
from bihuan.spine.cases.models import Case, NoteKind
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.models import Message
from tests.lines.abroad.conftest import handed
from tests.lines.abroad.going import change, fresh, go, newest
from tests.lines.abroad.peer import Peer
from tests.spine.cases.known import World


def say(peer: Peer, status: str, words: str = "", number: str = "100") -> None:
    """Let the agency write an update."""
    peer.updates.append({
        "update_id": str(len(peer.updates) + 1), "service_request_id": number, "status": status,
        "description": words, "updated_datetime": wire.show(clock.now()),
    })  # fmt: skip


@pytest.fixture
def extended(link: Link, case: Case) -> Link:
    change(link, is_extended=True)
    go(link)
    return link


def replies(case: Case) -> list[str]:
    return list(case.notes.filter(kind=NoteKind.REPLY).order_by("id").values_list("text", flat=True))


def test_their_number_alone_is_no_acceptance_where_they_say_more(extended: Link, case: Case) -> None:
    assert fresh(case).status == Status.WAITING


def test_what_they_begin_is_accepted_and_their_words_reach_the_asker(
    extended: Link, peer: Peer, case: Case
) -> None:
    say(peer, "INVESTIGATING", "we look")
    say(peer, "IN_PROGRESS", "digging")
    go(extended)
    assert (fresh(case).status, replies(case)) == (Status.ACCEPTED, ["we look", "digging"])


def test_an_update_is_done_once(extended: Link, peer: Peer, case: Case) -> None:
    say(peer, "IN_PROGRESS", "digging")
    for _ in range(3):
        go(extended)
    assert replies(case) == ["digging"]


@pytest.mark.parametrize("status", ["FIXED", "CLOSED"])
def test_done_there_is_resolved_here_and_the_asker_is_asked(
    extended: Link, peer: Peer, case: Case, status: str
) -> None:
    say(peer, status, "filled")
    go(extended)
    assert (fresh(case).status, fresh(case).is_open, replies(case)) == (Status.RESOLVED, True, ["filled"])
    assert Message.objects.filter(case_id=case.pk, template="resolve").exists()


@pytest.mark.parametrize(
    "status", ["NOT_COUNCILS_RESPONSIBILITY", "NO_FURTHER_ACTION", "DUPLICATE", "CANCELLED"]
)
def test_what_they_will_not_do_comes_back_open(extended: Link, peer: Peer, case: Case, status: str) -> None:
    say(peer, status, "ask the county")
    assert go(extended).state == State.OVER
    assert (fresh(case).status, fresh(case).is_open) == (Status.RETURNED, True)
    assert "ask the county" in case.notes.get(kind=NoteKind.REASON).text


def test_a_status_nobody_knows_changes_nothing_but_its_words_are_kept(
    extended: Link, peer: Peer, case: Case
) -> None:
    say(peer, "BADGERED", "who knows")
    go(extended)
    assert (fresh(case).status, replies(case)) == (Status.WAITING, ["who knows"])


def test_an_update_about_somebody_elses_request_is_passed_over(
    extended: Link, peer: Peer, case: Case
) -> None:
    say(peer, "FIXED", "x", number="4711")
    go(extended)
    assert fresh(case).status == Status.WAITING


def test_a_clock_of_theirs_that_runs_ahead_hides_nothing(extended: Link, peer: Peer, case: Case) -> None:
    say(peer, "IN_PROGRESS", "one")
    peer.updates[0]["updated_datetime"] = wire.show(clock.now() + timedelta(days=3))
    go(extended)
    assert Link.objects.get().heard_at <= clock.now()
    say(peer, "FIXED", "two")
    go(extended)
    assert fresh(case).status == Status.RESOLVED


def test_the_plain_protocol_is_read_by_status_and_notes(link: Link, peer: Peer, case: Case) -> None:
    go(link)
    go(link)
    assert fresh(case).status == Status.ACCEPTED
    peer.requests["100"] |= {"status_notes": "on its way"}
    go(link)
    peer.requests["100"] |= {"status": "closed", "status_notes": "filled"}
    go(link)
    go(link)
    assert (fresh(case).status, replies(case)) == (Status.RESOLVED, ["on its way", "filled"])


def test_opened_again_there_it_is_open_here(link: Link, peer: Peer, case: Case) -> None:
    go(link)
    for status in ("open", "closed", "open"):
        peer.requests["100"]["status"] = status
        go(link)
    assert fresh(case).status == Status.REOPENED


@pytest.mark.parametrize("takes_lists", [True, False])
def test_many_are_asked_for_in_one_question_where_that_is_taken(
    link: Link, peer: Peer, case: Case, world: World, takes_lists: bool
) -> None:
    other, peer.takes_lists = handed(world), takes_lists
    go(link)
    peer.requests["101"] |= {"status": "closed"}
    peer.far.asked.clear()
    go(link)
    asked = [one.path.split("?")[0] for one in peer.far.asked]
    assert asked == ["/v2/requests.xml"] + (
        [] if takes_lists else ["/v2/requests/100.xml", "/v2/requests/101.xml"]
    )
    assert fresh(other).status == Status.RESOLVED and newest(link).their_status == "closed"
