from bihuan.engines.routing import Pair, Plan, Vehicle, check
from bihuan.engines.routing.loads import Loads, base, loads_of, total, with_what_stays
from bihuan.engines.routing.timing import timed
from tests.engines.routing.small import line, stop

BOTH = Loads(width=2, goods=(0,), more=(0,))


def test_only_dimensions_in_which_pairs_weigh_are_repeated():
    problem = line(vehicle=Vehicle(name="van", capacity=(4, 4)))
    assert loads_of(problem, [Pair(pickup=0, delivery=1, amount=(0, 3))]) == Loads(2, (1,), (1,))
    assert loads_of(problem, []) == Loads(2, (), ())


def test_what_an_earlier_planning_added_is_not_added_again():
    problem = line(vehicle=Vehicle(name="van", capacity=(4, 4)), goods=(0,))
    assert loads_of(problem, [Pair(pickup=0, delivery=1, amount=(3,))]) == Loads(2, (0,), ())
    assert base(problem) == 1


def test_goods_count_twice_and_room_at_the_depot_is_as_it_was():
    assert (BOTH.demand((3,)), BOTH.demand(()), BOTH.room((7, 8)), BOTH.room(())) == (
        (3, 0, 3),
        (),
        (7, 8, 7),
        (),
    )


def test_a_new_stop_counts_in_dimensions_of_an_earlier_planning_too():
    assert Loads(width=2, goods=(0,), more=()).fresh((5,)) == (5, 5)
    assert Loads(width=1, goods=(), more=()).fresh((5,)) == (5,)


def test_under_way_there_is_all_the_room_and_no_more_goods_than_aboard():
    assert BOTH.under_way((7, 8), goods=(2, 3), stays=(1, 0)) == (6, 3, 2)


def test_a_sum_of_loads_is_as_wide_as_asked():
    assert total([(1,), (2, 3)], 3) == (3, 3, 0)


def test_goods_that_nobody_takes_push_out_what_has_no_room():
    ends = (stop(3, demand=(), skip_price=9), stop(4, demand=(), skip_price=9))
    problem = line(*ends, vehicle=Vehicle(name="van", capacity=(4, 2)), goods=(0,),
                   pairs=(Pair(pickup=0, delivery=1, amount=(3,)),))  # fmt: skip
    again, plan = with_what_stays(problem, timed(problem, {(0, 0): [[0, 1]]}), {0: (2, 2)})
    assert again.vehicles[0].capacity == (2, 2)
    assert (plan.trips, check(again, plan)) == ((), [])


def test_nothing_changes_where_all_is_handed_over():
    problem = line(vehicle=Vehicle(name="van", capacity=(4, 4)), goods=(0,))
    assert with_what_stays(problem, Plan(), {0: (0, 0)}) == (problem, Plan())
