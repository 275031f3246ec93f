"""A made clock, a rota and a Case for the tests of the ladder."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases.ladder.climbing import climb_due
from bihuan.spine.cases.models import Case, Climb
from bihuan.spine.cases.promises import clocks
from bihuan.spine.messages.inbox import about
from bihuan.spine.messages.models import Message
from bihuan.spine.resources.models import Duty, Shift
from tests.spine.cases.known import World, make_case

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY_MIN = 24 * 60


def at(minutes: float) -> Callable[[], datetime]:
    return lambda: MONDAY + minutes * MINUTE


def shift(
    agency: Agency, person: User, duty: Duty = Duty.OFFICER, since: float = 0, until: float = DAY_MIN
) -> Shift:
    """Put a person on duty from a minute of Monday until another."""
    return Shift.objects.create(
        agency=agency, person=person, duty=duty, from_at=at(since)(), until_at=at(until)()
    )


def rota(world: World) -> None:
    """Ben is on duty at the grid, Sam is its supervisor, Max and Olga sit in the city."""
    shift(world.grid, world.ben)
    shift(world.grid, world.sam, Duty.SUPERVISOR)
    shift(world.city, world.olga)
    shift(world.city, world.max, Duty.SUPERVISOR)


def begun(world: World, **fields: object) -> Case:
    """Open a Case on Monday with its clocks running: accept in 60 minutes, reply in 240, resolve in 480."""
    with clock.running(at(0)):
        case = make_case(world, **fields)
        for name, value in clocks.start(case, MONDAY).items():
            setattr(case, name, value)
        case.save()
    return case


def tick(minutes: float) -> int:
    """Let the worker look at the ladder at a minute."""
    with clock.running(at(minutes)):
        return climb_due()


def climbed(case: Case) -> list[tuple[str, int, str]]:
    """Return which promise reached which share, and whom that told, in order."""
    return list(Climb.objects.filter(case=case).order_by("id").values_list("promise", "percent", "whom"))


def told(person: User) -> int:
    return Message.objects.filter(about=about(person)).count()


def anybody_told(people: Sequence[User]) -> set[str]:
    return {person.username for person in people if told(person)}
