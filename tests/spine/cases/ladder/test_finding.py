"""Whom a rung tells."""

from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.ladder.finding import DutyBook
from bihuan.spine.cases.models import Whom
from bihuan.spine.cases.states import Status
from bihuan.spine.resources.models import Duty
from tests.spine.cases.known import World, make_case
from tests.spine.cases.ladder.desk import at, rota, shift


def found(world: World, whom: Whom, minute: float = 10, **fields: object) -> tuple[str, list[str]]:
    case = make_case(world, **fields)
    one = DutyBook(at(minute)()).find(case, whom)
    return one.whom, sorted(person.username for person in one.people)


def test_the_owner_is_told_wherever_they_are_on_duty(world: World) -> None:
    rota(world)
    shift(world.crew, world.ida)
    assert found(world, Whom.OWNER, officer=world.ida) == ("owner", ["ida"])


def test_an_owner_off_duty_is_passed_over_for_the_person_on_duty(world: World) -> None:
    rota(world)
    assert found(world, Whom.OWNER, officer=world.ida) == ("duty", ["ben"])


def test_an_office_without_a_rota_is_answered_for_by_the_one_above(world: World) -> None:
    rota(world)
    assert found(world, Whom.DUTY, agency=world.crew) == ("duty", ["ben"])


def test_nobody_is_told_of_a_case_they_may_not_open(world: World) -> None:
    shift(world.grid, world.cleo)
    shift(world.grid, world.sam, Duty.SUPERVISOR)
    assert found(world, Whom.DUTY) == ("supervisor", ["sam"])


def test_of_an_unsorted_case_whoever_sorts_is_told(world: World) -> None:
    rota(world)
    assert found(world, Whom.DUTY, status=Status.TRIAGE) == ("duty", ["olga"])
    assert found(world, Whom.SUPERVISOR, status=Status.TRIAGE) == ("supervisor", ["max"])


def test_where_nobody_is_on_duty_nobody_is_found(world: World) -> None:
    assert found(world, Whom.OWNER, officer=world.ben) == ("supervisor", [])


def test_who_is_on_duty_is_looked_up_once_for_an_office(
    world: World, django_assert_num_queries: object
) -> None:
    rota(world)
    book = DutyBook(at(10)())
    grid = Agency.objects.get(pk=world.grid.pk)
    book.on(grid, Duty.OFFICER)
    with django_assert_num_queries(0):  # type: ignore[operator]
        book.on(grid, Duty.OFFICER)
