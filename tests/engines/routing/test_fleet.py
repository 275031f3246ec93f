from bihuan.engines.routing import Pair, Vehicle
from bihuan.engines.routing.fleet import also_kinds, fleet_of
from bihuan.engines.routing.loads import loads_of
from bihuan.engines.routing.standing import stand
from bihuan.engines.routing.timing import timed
from tests.engines.routing.small import line, stop

ENDS = (stop(1, demand=()), stop(2), stop(4, demand=()))


def fleet(vehicle, now, broken=frozenset()):
    problem = line(*ENDS, vehicle=vehicle, pairs=(Pair(pickup=0, delivery=2, amount=(1,)),))
    standing = stand(problem, timed(problem, {(0, 0): [[0, 1, 2]]}), now)
    return problem, fleet_of(problem, standing, broken, (), loads_of(problem, problem.pairs))


def test_one_vehicle_keeps_its_name_and_several_are_numbered():
    assert [one.name for one in fleet(Vehicle(name="van"), 150)[1].vehicles] == ["van"]
    assert [one.name for one in fleet(Vehicle(name="van", count=3), 150)[1].vehicles] == [
        "van 1",
        "van others",
    ]


def test_later_trips_begin_when_the_plan_has_the_vehicle_back():
    _, found = fleet(Vehicle(name="van", trips=3, reload_s=50), 150)
    out, later = found.vehicles
    assert (out.shift, out.start, out.trips) == ((150, 800), 1, 1)
    assert (later.name, later.shift[0], later.trips, later.start) == ("van later", 850, 2, 0)


def test_what_is_out_of_service_is_not_sent_even_if_the_plan_had_nothing_for_it():
    _, found = fleet(Vehicle(name="van", count=3), 150, frozenset({(0, 0), (0, 2)}))
    assert [(one.name, one.count) for one in found.vehicles] == [("van others", 1)]


def test_where_nothing_is_left_none_of_a_vehicle_is():
    assert [one.count for one in fleet(Vehicle(name="van"), 150, frozenset({(0, 0)}))[1].vehicles] == [0]


def test_who_has_a_load_gets_a_kind_of_its_own_and_goes_on_as_what_it_was():
    problem, found = fleet(Vehicle(name="van", kind="van loaded"), 150)
    assert found.vehicles[0].kind == "van loaded again"
    assert found.aboard == {0: (2,)}
    assert also_kinds(problem, found, stop(1, kinds=("van loaded",))) == ("van loaded", "van loaded again")
    assert also_kinds(problem, found, stop(1, kinds=("boat",))) == ("boat",)
    assert also_kinds(problem, found, stop(1)) == ()
