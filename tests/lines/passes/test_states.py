"""What may follow what."""

from bihuan.lines.passes.states import ENDED, LIVE, MOVES, NUMBERED, OPEN, STEPS, Status, TripStatus


def test_nothing_leaves_an_end() -> None:
    assert not {source for move in MOVES.values() for source in move.sources} & set(ENDED)


def test_every_status_but_the_first_is_reached() -> None:
    assert {move.target for move in MOVES.values()} | {Status.APPLIED} == set(Status)


def test_every_live_pass_has_a_way_to_an_end() -> None:
    ways = {one: {move.target for move in MOVES.values() if one in move.sources} for one in LIVE}
    assert all(targets & set(ENDED) for targets in ways.values())


def test_what_is_open_has_no_number_yet() -> None:
    assert not set(OPEN) & set(NUMBERED)


def test_an_applicant_answers_and_takes_back_and_nothing_else() -> None:
    assert {verb for verb, move in MOVES.items() if move.is_applicants} == {"answer", "withdraw"}


def test_a_trip_that_is_under_way_can_always_get_out() -> None:
    sources, target = STEPS["out"]
    assert target == TripStatus.OUT
    assert set(sources) == {TripStatus.INSIDE, TripStatus.AT_POINT, TripStatus.RETURNING}
