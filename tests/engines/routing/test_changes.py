import pytest

from bihuan.engines.routing import Plan, Vehicle
from bihuan.engines.routing.changes import BROKEN, STUCK, Told, changes
from bihuan.engines.routing.timing import timed
from tests.engines.routing.small import line, stop

FLEET = line(stop(1, home=0), stop(2, home=0), vehicle=Vehicle(name="van", capacity=(4,)))
BOTH = timed(FLEET, {(0, 0): [[0, 1]]})
NONE: frozenset[int] = frozenset()


def told(by=None, broken=NONE, stuck=NONE, known=2):
    return Told({0: "van", 1: "van"} if by is None else by, broken, stuck, known)


def said(plan, before):
    return [(one.stop, one.what, one.before, one.after, one.why) for one in changes(FLEET, plan, before)]


def test_what_is_where_it_was_is_no_change():
    assert said(BOTH, told()) == []


@pytest.mark.parametrize(
    ("before", "line_"),
    [
        (told(known=1), ("s2", "new", "", "van", "it is new")),
        (told(by={0: "van"}), ("s2", "taken in", "nobody", "van", "there is room for it now")),
        (told(by={0: "van", 1: "lorry"}, broken=frozenset({1})), ("s2", "moved", "lorry", "van", BROKEN)),
    ],
)
def test_what_is_served_and_was_not_or_by_another_is_told(before, line_):
    assert said(BOTH, before) == [line_]


def test_who_must_be_served_and_is_not_is_told_even_if_nobody_was_to_come():
    assert [one[:4] for one in said(Plan(), told(by={0: "van"}))] == [
        ("s1", "left out", "van", "nobody"),
        ("s2", "left out", "nobody", "nobody"),
    ]


def test_a_load_on_board_of_a_vehicle_out_of_service_is_told_as_such():
    both = frozenset({0})
    assert said(timed(FLEET, {(0, 0): [[1]]}), told(broken=both, stuck=both)) == [
        ("s1", "left out", "van", "nobody", STUCK)
    ]


def test_a_move_says_what_staying_would_cost():
    problem = line(stop(1, home=1), stop(2, home=1), vehicle=Vehicle(name="van"))
    problem = type(problem)(
        stops=problem.stops,
        vehicles=(Vehicle(name="near"), Vehicle(name="dear", cost_per_m=3)),
        travel=problem.travel,
    )
    found = list(changes(problem, timed(problem, {(0, 0): [[0, 1]]}), told(by={0: "dear", 1: "dear"})))
    # Beside s2, s1 costs nothing on the way; alone with the dear one it costs three times 200 m.
    assert [one.why for one in found] == ["to stay would cost 600 more", "to stay would cost 1,000 more"]
