"""A period counted."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.afteraction.picture import Picture, count_next
from bihuan.spine.cases.afteraction.timeline import Window
from bihuan.spine.cases.models import Case
from tests.spine.cases.afteraction.made import DAY, at, write_day
from tests.spine.cases.known import World, make_case


def counted(window: Window = DAY, size: int = 1000) -> Picture:
    picture, after, seen = Picture(), None, 0
    while True:
        after, count = count_next(picture, window, after, size)
        picture = Picture(**picture.as_json())
        seen += count
        if after is None:
            assert seen == window.all_events().count()
            return picture


def test_a_day_is_counted_by_the_hour(world: World) -> None:
    write_day(world)
    picture = counted()
    assert picture.totals == {"opened": 3, "late": 1, "ended": 1, "decisions": 1}
    assert [(hour, counts) for hour, counts in picture.spans] == [
        (at(0), [2, 0, 0, 0]),
        (at(60), [1, 1, 0, 1]),
        (at(120), [0, 0, 1, 0]),
    ]


def test_the_lists_name_the_decisions_and_the_failures(world: World) -> None:
    write_day(world)
    picture = counted()
    named = [Event.objects.get(pk=number).verb for number in (*picture.decisions, *picture.failures)]
    assert named == ["rules_switched", "breached"]
    assert picture.promises == {"accept": 1}
    assert picture.late_agencies == {str(world.grid.pk): 1}


def test_messages_are_counted_by_channel_end_and_template(world: World) -> None:
    write_day(world)
    assert counted(Window(DAY.from_at, DAY.until_at, kinds=("message",))).messages.items() >= {
        ("screen sent accept", 2),  # one of the action itself, one of the made-up Event
        ("smtp failed rung", 1),
    }


@pytest.mark.parametrize("size", [1, 2, 5])
def test_slices_of_any_size_give_the_same_picture(world: World, size: int) -> None:
    write_day(world)
    assert counted(size=size).as_json() == counted().as_json()


def test_a_move_that_found_the_promise_missed_before_the_worker_counts_as_late(world: World) -> None:
    with clock.running(lambda: at(0)):
        case = make_case(world, due_at=at(5), accept_by=at(5))
    with clock.running(lambda: at(10)):
        actions.accept(case=case, by=world.ben)
    assert Case.objects.get(pk=case.pk).breached_at == at(5)
    assert counted().totals["late"] == 1


def test_a_merge_ends_one_case_and_not_its_twin(world: World) -> None:
    with clock.running(lambda: at(0)):
        first, second = make_case(world), make_case(world)
        actions.merge(case=first, into=second, by=world.olga)
    assert counted().totals["ended"] == 1


def test_hours_in_which_nothing_happened_are_in_the_picture(world: World) -> None:
    with clock.running(lambda: at(0)):
        make_case(world)
    with clock.running(lambda: at(200)):
        make_case(world)
    spans = counted().spans
    assert [hour for hour, _ in spans] == [at(0) + timedelta(hours=number) for number in range(4)]
    assert [sum(counts) for _, counts in spans] == [1, 0, 0, 1]


def test_an_empty_period_is_an_empty_picture(db: None) -> None:
    assert (counted().totals, counted().spans) == ({}, [])
