from bihuan.engines.routing import Pair, Vehicle
from bihuan.engines.routing.standing import stand, withdrawn
from bihuan.engines.routing.timing import timed
from tests.engines.routing.small import line, stop

PAIRED = line(
    *(stop(place, demand=()) for place in range(1, 5)),
    vehicle=Vehicle(name="van", trips=2),
    pairs=(Pair(pickup=0, delivery=1), Pair(pickup=2, delivery=3)),
)
PLAN = timed(PAIRED, {(0, 0): [[0, 1], [2, 3]]})


def test_a_trip_has_begun_when_it_has_left():
    assert [stand(PAIRED, PLAN, now).days[0].begun for now in (-1, 0, 399, 400)] == [0, 1, 1, 2]


def test_what_has_begun_is_past_and_what_is_between_its_ends_is_on_board():
    standing = stand(PAIRED, PLAN, 150)
    assert (standing.past, standing.aboard, standing.days[0].back_s) == ({0}, {1: (0, 0)}, 400)


def test_to_cancel_one_end_takes_the_other_with_it_unless_it_is_past():
    assert withdrawn(PAIRED, stand(PAIRED, PLAN, 150), frozenset({0, 2})) == {
        2: "it was cancelled",
        3: "the other end of its pair was cancelled",
    }


def test_a_load_whose_delivery_is_cancelled_stays_on_board():
    assert withdrawn(PAIRED, stand(PAIRED, PLAN, 150), frozenset({1})) == {
        1: "it was cancelled; its load stays on board"
    }
