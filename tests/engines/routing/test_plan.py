from bihuan.engines.routing import Plan, Trip
from bihuan.engines.routing.plan import by_unit
from tests.engines.routing.small import line


def test_a_plan_knows_who_is_served_and_who_is_left_out():
    plan = Plan(trips=(Trip(vehicle=0, stops=(2,)), Trip(vehicle=0, unit=1, stops=(0,))))
    assert plan.served() == {0, 2}
    assert plan.skipped(line()) == [1, 3]


def test_trips_of_one_vehicle_keep_their_order():
    first, other, second = (Trip(vehicle=0, unit=unit, stops=(k,)) for k, unit in enumerate((1, 0, 1)))
    assert by_unit([first, other, second]) == {(0, 1): [first, second], (0, 0): [other]}
