import numpy as np
from hypothesis import given

from bihuan.engines.routing import Coordinates, Matrix, Problem, Vehicle
from bihuan.engines.routing.legs import Legs
from bihuan.engines.routing.sisr.arrays import KIND, SIZE, SLOT, X
from bihuan.engines.routing.sisr.layout import lay_out
from tests.engines.routing.problems_at_random import tries
from tests.engines.routing.sisr.worlds import problems
from tests.engines.routing.small import line, stop


@tries(40)
@given(problems())
def test_the_nearest_of_all_other_stops_stand_in_each_row(problem):
    layout, legs = lay_out(problem), Legs(problem)
    place = [problem.stops[k].place for k in layout.stop_of]
    for a in range(1, layout.world.stops + 1):
        row = layout.world.near[a, :, 0].tolist()
        assert sorted([a, *row]) == list(range(1, layout.world.stops + 1))
        if not layout.world.is_table:
            assert [legs.between(place[a - 1], place[b - 1])[0] for b in row] == layout.world.near[
                a, :, 1
            ].tolist()


def test_every_vehicle_has_its_routes_side_by_side():
    route = lay_out(line()).world.route
    assert np.array_equal(route[:, SLOT], np.arange(2))
    assert (route[:, [KIND, SIZE]] == 0).all()


def test_depots_stand_above_the_stops():
    world = lay_out(line()).world
    assert world.node[world.stops + 1, X] == 0
    assert sorted(world.node[1 : world.stops + 1, X].tolist()) == [100, 200, 300, 400]


def test_near_in_time_comes_before_near_in_place():
    # Half of the others are open only late; those that are open when stop 0 is come first although they are farther.
    early, late = ((0, 1_000),), ((90_000, 91_000),)
    others = [stop(k, windows=late if k <= 40 else early) for k in range(1, 81)]
    problem = Problem(
        stops=(stop(0, windows=early), *others),
        vehicles=(Vehicle(name="van", count=9, shift=(0, 100_000)),),
        travel=Coordinates(x=tuple(range(81)), y=(0,) * 81),
    )
    layout = lay_out(problem, 40)
    node = list(layout.stop_of).index(0) + 1
    near = {int(layout.stop_of[other - 1]) for other in layout.world.near[node, :, 0]}
    assert near == set(range(41, 81))
    assert all(layout.world.near[node, :, 1] > 40)


def test_near_in_time_is_told_by_seconds_where_a_table_has_them():
    # All are a metre from each other; to and from every second one the road is slow.
    seconds = np.full((81, 81), 10)
    seconds[2::2, :] = seconds[:, 2::2] = 500
    problem = Problem(
        stops=tuple(stop(k, windows=((0, 1_000),)) for k in range(81)),
        vehicles=(Vehicle(name="van", count=9, shift=(0, 100_000)),),
        travel=Matrix(metres=np.ones((81, 81), int) - np.eye(81, dtype=int), seconds=seconds),
    )
    layout = lay_out(problem, 40)
    node = list(layout.stop_of).index(1) + 1
    near = {int(layout.stop_of[other - 1]) for other in layout.world.near[node, :, 0]}
    assert near == {0, *range(3, 81, 2)}
