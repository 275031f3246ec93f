import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.routing import Pair, Plan, Problem, Trip, Vehicle, Zone, check, cost_of
from tests.engines.routing.problems_at_random import problems, tries
from tests.engines.routing.small import line, stop


def rules(problem: Problem, *stops: int, **trip: object) -> list[str]:
    plan = Plan(trips=(Trip(vehicle=0, stops=stops, **trip),))
    return sorted({v.rule for v in check(problem, Plan(trips=plan.trips, cost=cost_of(problem, plan)))})


def test_a_plan_that_keeps_every_rule_has_nothing_against_it():
    assert check(line(), Plan(trips=(Trip(vehicle=0, stops=(0, 1, 2, 3)),), cost=800)) == []


def test_the_cost_is_counted_anew():
    assert [str(v) for v in check(line(), Plan(trips=(Trip(vehicle=0, stops=(0, 1, 2, 3)),), cost=1))] == [
        "cost: the plan says 1 and costs 800"
    ]


@pytest.mark.parametrize(
    ("problem", "stops", "rule"),
    [
        (line(), (0, 1), "unserved"),
        (line(), (0, 1, 2, 3, 3), "once"),
        (line(), (0, 1, 2, 9), "number"),
        (line(vehicle=Vehicle(name="van", capacity=(3,))), (0, 1, 2, 3), "capacity"),
        (line(vehicle=Vehicle(name="van", shift=(0, 700))), (0, 1, 2, 3), "shift"),
        (line(vehicle=Vehicle(name="van", count=0)), (0, 1, 2, 3), "fleet"),
        (line(stop(1, windows=((0, 50), (60, 99)))), (0,), "window"),
        (line(stop(1, kinds=("boat",))), (0,), "kind"),
        (line(stop(1, release_s=5)), (0,), "departure"),
        (line(stop(1, demand=()), stop(2, demand=()), pairs=(Pair(pickup=0, delivery=1),)), (1, 0), "pair"),
        (line(stop(1, zone="A"), stop(2), sealed=(Zone(name="A"),)), (0, 1), "sealed zone"),
    ],
)
def test_each_rule_is_watched(problem, stops, rule):
    assert rule in rules(problem, *stops)


def test_what_was_in_a_sealed_zone_goes_by_its_decontamination():
    zone = Zone(name="A", decontaminate_at=4, decontaminate_s=50)
    problem = line(stop(1, zone="A"), stop(2), sealed=(zone,))
    plan = Plan(trips=(Trip(vehicle=0, stops=(0, 1)),))
    assert cost_of(problem, plan) == 100 + (300 + 200) + 200


def test_a_dirty_depot_inside_the_zone_needs_no_decontamination():
    van = Vehicle(name="van", end=1, end_zone="A")
    assert rules(line(stop(2, zone="A"), vehicle=van, sealed=(Zone(name="A"),)), 0) == []


def test_a_second_trip_waits_for_the_reload():
    problem = line(vehicle=Vehicle(name="van", capacity=(2,), trips=2, reload_s=30))
    trips = (Trip(vehicle=0, stops=(0, 1)), Trip(vehicle=0, stops=(2, 3), depart_s=429))
    assert [v.rule for v in check(problem, Plan(trips=trips, cost=1200))] == ["departure"]


def test_leaving_out_costs_twice_as_much_with_each_step_of_priority():
    problem = line(stop(1, skip_price=7, priority=3))
    assert cost_of(problem, Plan()) == 56


def test_a_stop_that_changes_its_vehicle_costs_its_price():
    van = Vehicle(name="van"), Vehicle(name="truck")
    problem = Problem(stops=(stop(1, home=1, move_price=40),), vehicles=van, travel=line().travel)
    assert cost_of(problem, Plan(trips=(Trip(vehicle=0, stops=(0,)),))) == 240


@tries(60)
@given(problems(), st.data())
def test_any_order_of_stops_can_be_judged(problem, data):
    stops = data.draw(st.permutations(range(len(problem.stops))))
    assert isinstance(check(problem, Plan(trips=(Trip(vehicle=0, stops=tuple(stops)),))), list)
