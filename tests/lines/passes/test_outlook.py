"""When the queue will be late."""

from datetime import timedelta

from bihuan.kernel import clock
from bihuan.lines.passes import outlook
from bihuan.lines.passes.models import Pace, Pass
from bihuan.lines.passes.states import Status
from bihuan.spine.cases.surge.forecast import SLOTS, Load
from tests.lines.passes.known import make_desk, make_pass
from tests.spine.cases.known import World

HOUR = timedelta(hours=1)


def load(waiting: int, done_an_hour: int, people: int) -> Load:
    """A queue all due in three hours, nothing more coming."""
    dues = [0] * SLOTS
    dues[17] = waiting
    return Load([0, 0, 0], [done_an_hour] * 3, dues, 0, 180, people)


def test_so_many_reviewers_are_enough_as_the_work_of_three_hours_needs() -> None:
    # Two do 20 an hour, 60 in three hours; 90 wait, for which three are needed.
    assert outlook.reviewers_needed(load(90, 20, 2)) == 3
    assert outlook.reviewers_needed(load(91 + 30, 20, 2)) == 5
    assert outlook.reviewers_needed(load(90, 20, 0)) is None


def test_a_desks_queue_is_counted(world: World) -> None:
    make_desk(world)
    now = clock.now()
    make_pass(world, due_at=now - HOUR)
    for minutes in (5, 15, 15):
        make_pass(world, due_at=now + timedelta(minutes=minutes, seconds=30))
    make_pass(world, Status.ISSUED, dealt_to=world.ben)
    make_pass(world, agency=world.water)
    assert outlook.count() == 1
    pace = Pace.objects.get()
    assert (pace.waiting, pace.overdue, pace.reviewers) == (4, 1, 1)
    assert pace.counts["dues"][:3] == [1, 2, 0]
    assert pace.counts["done"][-1] == 1 and sum(pace.counts["opened"]) == 5


def test_the_page_says_when_it_will_be_late_and_with_how_many_it_will_not(world: World) -> None:
    make_desk(world)
    now = clock.now()
    for _ in range(9):
        make_pass(world, due_at=now + timedelta(minutes=30))
    for n in range(3):
        make_pass(world, Status.ISSUED, dealt_to=(world.ben, world.ida)[n % 2])
    Pass.objects.filter(status=Status.ISSUED).update(applied_at=now - 9 * HOUR)
    outlook.count()
    (line,) = outlook.lines_for(world.ben)
    assert line.is_late and "2 名审核员" in line.words and "增至" in line.words
    assert outlook.lines_for(world.eve) == []


def test_an_empty_queue_keeps_its_promise(world: World) -> None:
    make_desk(world)
    outlook.count()
    (line,) = outlook.lines_for(world.ben)
    assert not line.is_late and "按时办结" in line.words
