"""The table of moves."""

import pytest

from bihuan.spine.cases.states import DEEDS, ENDED, MOVES, OPEN, UNSORTED, VERBS, Status


def test_every_status_but_those_that_triage_gives_is_reached_by_a_move() -> None:
    assert {move.target for move in MOVES.values()} == set(Status) - {Status.TRIAGE, Status.SHELVED}


def test_every_open_status_has_a_way_on() -> None:
    for status in OPEN:
        assert any(status in move.sources for move in MOVES.values()), status


def test_from_every_open_status_the_end_can_be_reached() -> None:
    reached = set(ENDED)
    for _ in Status:
        reached |= {s for move in MOVES.values() if move.target in reached for s in move.sources}
    assert reached >= OPEN


def test_only_the_asker_takes_an_ended_case_up_again() -> None:
    assert {verb for verb, move in MOVES.items() if move.sources & ENDED} == {"reopen"}


def test_no_verb_is_both_a_move_and_a_deed() -> None:
    assert len(VERBS) == len(MOVES) + len(DEEDS)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_somebody_who_may_use_it(verb: str) -> None:
    assert VERBS[verb].permissions or VERBS[verb].is_askers or verb == "close"


def test_unsorted_cases_are_open() -> None:
    assert UNSORTED < OPEN
