import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.routing import Budget, Impossible, Pair, Plan, Problem, Trip, Vehicle, baseline, check
from bihuan.engines.routing.news import News
from bihuan.engines.routing.replan import replan
from bihuan.engines.routing.standing import stand
from bihuan.engines.routing.timing import timed
from tests.engines.routing.problems_at_random import FEATURES, problems, tries
from tests.engines.routing.small import LINE, line, stop

BUDGET = Budget(iterations=50)
# Several trips go to the compiled search, which takes long to compile in a fresh clone.
CARRIED = tuple(feature for feature in FEATURES if feature != "trips")
PLAN = timed(line(), {(0, 0): [[0, 1]], (0, 1): [[2, 3]]})
DEAR = 10**7


def paired(*, room: int = 4, count: int = 2) -> Problem:
    """What is picked up at s1 goes to s4, beside a parcel for each of s2 and s3."""
    made = [stop(1, demand=()), stop(2), stop(3), stop(4, demand=())]
    van = Vehicle(name="van", capacity=(room,), count=count, kind="van")
    return line(*made, vehicle=van, pairs=(Pair(pickup=0, delivery=3, amount=(1,)),))


AS_TOLD = timed(paired(), {(0, 0): [[0, 1, 2, 3]]})


@tries(60)
@given(problems(features=CARRIED), st.integers(0, 4_000))
def test_the_past_stays_and_no_rule_is_broken(problem, now):
    plan = baseline(problem)
    again = replan(problem, plan, News(now), BUDGET)
    names = {again.problem.stops[k].name for k in again.plan.served()}
    assert not names & {problem.stops[k].name for k in again.past}
    assert check(again.problem, again.plan) == []
    assert all(
        trip.depart_s >= min(now, problem.vehicles[0].shift[1]) or now > 500 for trip in again.plan.trips
    )


@tries(60)
@given(problems(features=CARRIED), st.integers(0, 4_000), st.integers(0, 60))
def test_nobody_changes_vehicle_without_news_when_that_is_dear(problem, now, seed):
    again = replan(problem, baseline(problem), News(now, move_price=DEAR), BUDGET, seed)
    assert not [change for change in again.changes if change.what == "moved"]


@st.composite
def days_with_news(draw):
    """A day with pairs and a plan, of which some stops must be served, and news of every kind while somebody works."""
    problem = draw(problems(features=CARRIED, always=frozenset({"pairs"})))
    must = draw(st.sets(st.sampled_from(range(len(problem.stops)))))
    stops = [
        msgspec.structs.replace(one, skip_price=None) if k in must else one
        for k, one in enumerate(problem.stops)
    ]
    problem = msgspec.structs.replace(problem, stops=tuple(stops))
    plan = baseline(problem)
    problem = tight(problem, plan)
    keys = sorted({(trip.vehicle, trip.unit) for trip in plan.trips})
    news = News(
        draw(st.sampled_from([0, *begun_at(problem, plan)])),
        cancelled=frozenset(draw(st.sets(st.sampled_from(range(len(stops))), max_size=2))),
        added=tuple(
            stop(one.place, name=f"new{k}", demand=demand, skip_price=50_000)
            for k, (one, demand) in enumerate(zip([*stops, *stops, *stops], ((), (), (5,)), strict=False))
        ),
        added_pairs=(Pair(pickup=1, delivery=0, amount=(draw(st.integers(0, 30)),)),),
        broken=frozenset(draw(st.sets(st.sampled_from(keys), max_size=1)) if keys else ()),
    )
    return problem, plan, news


def tight(problem, plan):
    """The same with just the vehicles and the room that the plan needs."""
    used = [
        1 + max([t.unit for t in plan.trips if t.vehicle == k], default=-1)
        for k in range(len(problem.vehicles))
    ]
    for room in range(100):
        fleet = [
            msgspec.structs.replace(one, capacity=(room,) * len(one.capacity), count=used[k])
            for k, one in enumerate(problem.vehicles)
        ]
        found = msgspec.structs.replace(problem, vehicles=tuple(fleet))
        if not any(fault.rule == "capacity" for fault in check(found, plan)):
            return found
    return problem


def begun_at(problem, plan):
    return [begin for day in stand(problem, plan, 0).days for one in day.walked for begin in one.begin_s]


@tries(80)
@given(days_with_news())
def test_whatever_the_news_only_what_can_not_be_served_is_not(day):
    problem, plan, news = day
    again = replan(problem, plan, news, BUDGET)
    told = {change.stop: change for change in again.changes}
    for fault in check(again.problem, again.plan):
        assert fault.rule == "unserved"
        assert told[again.problem.stops[fault.stop].name].what in ("left out", "new")


@tries(80)
@given(days_with_news())
def test_what_is_on_board_is_handed_over_by_its_vehicle_or_told(day):
    problem, plan, news = day
    again = replan(problem, plan, news, BUDGET)
    after = {
        again.problem.stops[k].name: again.problem.vehicles[trip.vehicle]
        for trip in again.plan.trips
        for k in trip.stops
    }
    told = {change.stop: change.what for change in again.changes}
    past = {problem.stops[k].name for k in again.past}
    for pair in problem.pairs:
        pickup, delivery = problem.stops[pair.pickup].name, problem.stops[pair.delivery].name
        if pickup not in past or delivery in past:
            continue
        key = next((trip.vehicle, trip.unit) for trip in plan.trips if pair.pickup in trip.stops)
        if delivery in after:
            assert after[delivery].name == called(problem, key)
            assert key not in news.broken
        else:
            assert told[delivery] in ("left out", "cancelled")


@tries(80)
@given(days_with_news())
def test_nobody_under_way_hands_over_what_it_has_not_or_picks_up_beyond_its_room(day):
    """What is on board is counted parcel by parcel from the plan as told, not by the loads of the rest of the day."""
    problem, plan, news = day
    again = replan(problem, plan, news, BUDGET)
    goods, held = aboard_now(problem, plan, again.past, news.now_s)
    pair_of = {k: pair for pair in again.problem.pairs for k in (pair.pickup, pair.delivery)}
    for trip in again.plan.trips:
        vehicle = again.problem.vehicles[trip.vehicle]
        if vehicle.name not in goods:
            continue
        load = goods[vehicle.name] + sum(held[vehicle.name].values())
        for k in trip.stops:
            name, demand = again.problem.stops[k].name, sum(again.problem.stops[k].demand[:1])
            if k in pair_of:
                load += pair_of[k].amount[0] * (1 if k == pair_of[k].pickup else -1)
            elif name in held[vehicle.name]:
                load -= held[vehicle.name].pop(name)
            else:
                load, goods[vehicle.name] = load - demand, goods[vehicle.name] - demand
            assert goods[vehicle.name] >= 0
            assert load <= room_of(problem, vehicle.name)


def aboard_now(problem, plan, past, now_s):
    """Return by vehicle under way what it has in the first dimension: goods, and amounts of pairs by delivery."""
    goods, held = {}, {}
    for day in stand(problem, plan, now_s).days:
        if not day.begun or day.back_s <= now_s:
            continue
        name, trip = called(problem, day.key), day.trips[day.begun - 1]
        ahead = [problem.stops[k].demand for k in trip if k not in past]
        goods[name] = sum(demand[0] for demand in ahead if demand)
        held[name] = {
            problem.stops[pair.delivery].name: pair.amount[0]
            for pair in problem.pairs
            if pair.pickup in trip and pair.pickup in past and pair.delivery not in past
        }
    return goods, held


def called(problem, key):
    vehicle = problem.vehicles[key[0]]
    return vehicle.name if vehicle.count == 1 else f"{vehicle.name} {key[1] + 1}"


def room_of(problem, name):
    return next(one.capacity[0] for one in problem.vehicles if one.name == name.partition(" ")[0])


def test_without_news_nobody_changes_vehicle():
    assert replan(line(), PLAN, News(150, move_price=1_000), BUDGET).changes == []


def test_what_is_under_way_goes_on_from_where_it_is():
    again = replan(line(), PLAN, News(150), BUDGET)
    assert again.past == (0,)
    first = again.problem.vehicles[0]
    assert (first.start, first.shift[0], first.capacity, first.cost_of_use) == (1, 150, (1,), 0)


def test_new_and_cancelled_stops_are_told():
    added = stop(4, name="new", skip_price=10_000, demand=(0,))
    again = replan(line(), PLAN, News(0, cancelled=frozenset({3}), added=(added,)), BUDGET)
    assert {(change.stop, change.what) for change in again.changes} >= {("s4", "cancelled"), ("new", "new")}


def test_who_loses_its_vehicle_is_moved_and_why_is_said():
    problem = line(vehicle=Vehicle(name="van", capacity=(4,), count=3))
    again = replan(problem, PLAN, News(0, broken=frozenset({(0, 0)})), BUDGET)
    assert check(again.problem, again.plan) == []
    assert {(change.what, change.why) for change in again.changes if change.before == "van 1"} == {
        ("moved", "its vehicle is out of service")
    }
    assert len(again.plan.served()) == 4


def test_a_move_that_is_dear_is_not_made():
    bad = timed(line(), {(0, 0): [[0, 3]], (0, 1): [[1, 2]]})
    moved = [replan(line(), bad, News(-1, move_price=price), BUDGET).changes for price in (0, 5_000)]
    assert len(moved[1]) == 0 <= len(moved[0])


def test_a_pair_on_board_is_handed_over_by_who_has_it():
    again = replan(paired(), AS_TOLD, News(150), BUDGET)
    assert (again.changes, again.problem.pairs) == ([], ())
    van, last = again.problem.vehicles[0], again.problem.stops[2]
    assert (last.name, last.demand, last.kinds) == ("s4", (1,), (van.kind,))
    assert (van.capacity, again.problem.goods) == ((4, 2), (0,))


def test_a_pair_not_begun_stays_a_pair():
    again = replan(paired(), AS_TOLD, News(50), BUDGET)
    assert again.problem.pairs == (Pair(pickup=0, delivery=3, amount=(1,)),)
    assert again.changes == []


def test_a_pair_that_is_past_is_gone():
    again = replan(paired(), AS_TOLD, News(450), BUDGET)
    assert (again.problem.pairs, again.problem.stops, again.plan.trips) == ((), (), ())


def test_what_is_on_board_of_a_vehicle_out_of_service_is_told():
    again = replan(paired(), AS_TOLD, News(150, broken=frozenset({(0, 0)})), BUDGET)
    told = {change.stop: (change.what, change.before, change.why) for change in again.changes}
    assert told["s4"] == ("left out", "van 1", "it is on board a vehicle that is out of service")
    assert [str(fault) for fault in check(again.problem, again.plan)] == [
        "unserved: nobody comes to stop 's4'"
    ]
    assert again.plan.served() == {0, 1}


@pytest.mark.parametrize("end", [0, 3])
def test_to_cancel_one_end_of_a_pair_not_begun_cancels_both(end):
    again = replan(paired(), AS_TOLD, News(50, cancelled=frozenset({end})), BUDGET)
    assert {change.stop for change in again.changes if change.what == "cancelled"} == {"s1", "s4"}
    assert [one.name for one in again.problem.stops] == ["s2", "s3"]


def test_a_load_on_board_whose_delivery_is_cancelled_takes_its_room():
    again = replan(paired(), AS_TOLD, News(150, cancelled=frozenset({3})), BUDGET)
    assert [change.why for change in again.changes] == ["it was cancelled; its load stays on board"]
    assert again.problem.vehicles[0].capacity == (3, 2)


def test_what_is_cancelled_too_late_is_told():
    again = replan(line(), PLAN, News(150, cancelled=frozenset({0})), BUDGET)
    assert [(change.stop, change.what) for change in again.changes] == [("s1", "past")]


def new_pair(amount: int) -> tuple[tuple, tuple]:
    made = (
        stop(3, name="from", demand=(), skip_price=9_000),
        stop(4, name="to", demand=(), skip_price=9_000),
    )
    return made, (Pair(pickup=0, delivery=1, amount=(amount,)),)


@pytest.mark.parametrize(
    ("amount", "served"), [(2, {"s2", "s3", "s4", "from", "to"}), (5, {"s2", "s3", "s4"})]
)
def test_a_new_pair_is_picked_up_under_way_as_far_as_there_is_room(amount, served):
    problem = paired(count=1)
    added, pairs = new_pair(amount)
    again = replan(
        problem, timed(problem, {(0, 0): [[0, 1, 2, 3]]}), News(150, added=added, added_pairs=pairs), BUDGET
    )
    assert {again.problem.stops[k].name for k in again.plan.served()} == served
    assert check(again.problem, again.plan) == []


def test_a_new_stop_gets_nothing_that_is_not_aboard_though_there_is_room():
    problem = paired(count=1)
    plan = timed(problem, {(0, 0): [[0, 1, 2, 3]]})
    again = replan(problem, plan, News(150, added=(stop(4, name="new", skip_price=90_000),)), BUDGET)
    # It can have one of the two parcels aboard, but there is no third one.
    assert sum(again.problem.stops[k].demand[:1] == (1,) for k in again.plan.served()) == 3


def test_goods_that_nobody_takes_any_more_keep_their_room():
    problem = paired(room=3, count=1)
    plan = timed(problem, {(0, 0): [[0, 1, 2, 3]]})
    added, pairs = new_pair(2)
    news = News(150, cancelled=frozenset({1, 2}), added=added, added_pairs=pairs)
    again = replan(problem, plan, news, BUDGET)
    assert [again.problem.stops[k].name for k in again.plan.served()] == ["s4"]
    assert again.problem.vehicles[0].capacity == (1, 2)


def test_what_must_be_served_and_can_not_be_is_told():
    late = line(stop(1), stop(4, windows=((0, 420),)))
    plan = Plan(trips=(Trip(vehicle=0, stops=(0,), depart_s=0),), cost=200)
    again = replan(late, plan, News(300), BUDGET)
    assert [(change.stop, change.what, change.why) for change in again.changes] == [
        ("s4", "left out", "nobody can be there in its time windows")
    ]


def test_planning_again_twice_repeats_no_dimension():
    once = replan(paired(), AS_TOLD, News(150), BUDGET)
    added, pairs = new_pair(1)
    twice = replan(
        once.problem,
        once.plan,
        News(250, added=(*added, stop(4, name="x", skip_price=9_000)), added_pairs=pairs),
        BUDGET,
    )
    assert check(twice.problem, twice.plan) == []
    assert twice.problem.goods == (0,)
    assert twice.problem.stops[-1].demand == (1, 1)
    assert twice.problem.vehicles[0].capacity == (4, 1)


@pytest.mark.parametrize(
    ("news", "said"),
    [
        (
            News(0, added_pairs=(Pair(pickup=0, delivery=-1),)),
            "a new pair names a new stop that is not there: 0, -1",
        ),
        (
            News(0, added=(stop(1, name="n", demand=(1, 1)),)),
            "new loads have 2 dimensions, those of the day 1",
        ),
        (News(0, cancelled=frozenset({9})), "what is cancelled is no stop of the day"),
        (News(0, added=(stop(1),)), "several stops are called 's1'"),
        (News(0, added=(stop(9),)), "there is no place 9"),
    ],
)
def test_news_that_are_wrong_are_refused_in_words(news, said):
    with pytest.raises(Impossible, match=said):
        replan(line(), PLAN, news, BUDGET)


def test_a_problem_that_is_wrong_is_refused_in_words():
    with pytest.raises(Impossible, match="there is no vehicle"):
        replan(Problem(stops=(), vehicles=(), travel=LINE), Plan(), News(0), BUDGET)
