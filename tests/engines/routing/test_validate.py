import numpy as np
import pytest
from hypothesis import given

from bihuan.engines.routing import Coordinates, LonLat, Matrix, Pair, Problem, Stop, Vehicle, Zone, problems
from tests.engines.routing import problems_at_random
from tests.engines.routing.small import LINE, line, stop

VAN = Vehicle(name="van")


def on(travel: object) -> Problem:
    return Problem(stops=(), vehicles=(VAN,), travel=travel)


@problems_at_random.tries(40)
@given(problems_at_random.problems())
def test_nothing_is_said_of_a_sound_problem(problem):
    assert problems(problem) == []


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (line(goods=(0,)), "goods: there is no dimension 0 to repeat"),
        (on(Coordinates(x=(1,), y=())), "there are 1 x and 0 y"),
        (on(Coordinates(x=(1,), y=(1,), metres_per_ks=0)), "metres_per_ks must be 1 or more"),
        (on(Coordinates(x=(1,), y=(1,), times=0)), "times must be 1 or more"),
        (on(LonLat(lon=(1.0,), lat=())), "there are 1 longitudes and 0 latitudes"),
        (on(Matrix(metres=np.zeros((1, 2)), seconds=np.zeros((1, 1)))), "must be square and alike"),
        (on(Matrix(metres=-np.ones((1, 1)), seconds=np.zeros((1, 1)))), "can't be below 0"),
        (Problem(stops=(), vehicles=(), travel=LINE), "there is no vehicle"),
        (line(stop(1), stop(1)), "several stops are called 's1'"),
        (line(stop(9)), "stop 's9': there is no place 9"),
        (line(stop(1, demand=(-1,))), "no number may be below 0"),
        (line(stop(1, priority=10)), "priority goes from 0 to 9, not 10"),
        (line(stop(1, windows=((5, 4),))), "a window ends before it begins"),
        (line(stop(1, windows=((5, 7), (6, 9)))), "windows must stand in order and apart"),
        (line(stop(1, home=3)), "there is no vehicle 3"),
        (line(stop(1, demand=(1, 2))), "vehicle 'van': capacity has 1 dimensions, loads have 2"),
        (line(vehicle=Vehicle(name="van", trips=0)), "count is 0 or more and trips 1 or more"),
        (line(vehicle=Vehicle(name="van", cost_per_m=-1)), "vehicle 'van': no number may be below 0"),
        (line(vehicle=Vehicle(name="van", shift=(9, 8))), "its shift ends before it begins"),
        (line(vehicle=Vehicle(name="van", end_zone="X")), "zone 'X' is not sealed"),
        (line(pairs=(Pair(pickup=0, delivery=9),)), "a pair names a stop that is not there"),
        (line(pairs=(Pair(pickup=0, delivery=1),)), "a stop of a pair has no demand of its own"),
        (line(sealed=(Zone(name="A", decontaminate_at=77),)), "zone 'A': there is no place 77"),
        (line(sealed=(Zone(name="A", decontaminate_s=-1),)), "can't take less than 0 seconds"),
        (line(sealed=(Zone(name=""),)), "a sealed zone needs a name"),
    ],
)
def test_what_is_wrong_is_said_in_words(problem, said):
    assert any(said in sentence for sentence in problems(problem)), problems(problem)


def test_a_pair_has_its_rules():
    empty = [Stop(name=str(k), place=k, release_s=k) for k in (1, 2)]
    pair = Pair(pickup=0, delivery=1, amount=(-1,))
    said = " ".join(problems(line(*empty, pairs=(pair, pair))))
    assert all(word in said for word in ("released at the depot", "can't be below 0", "one pair at most"))


def test_a_vehicle_that_ends_in_a_sealed_zone_makes_one_trip():
    van = Vehicle(name="van", end_zone="A", trips=2)
    assert "makes one trip" in problems(line(vehicle=van, sealed=(Zone(name="A"),)))[0]
