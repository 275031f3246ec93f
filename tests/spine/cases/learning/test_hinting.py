"""What helps to sort a Case."""

import pytest

from bihuan.spine.cases import actions
from bihuan.spine.cases.learning.hinting import hint_for, hints, offer, taken
from bihuan.spine.cases.learning.training import train
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from bihuan.spine.places.models import District, Site
from bihuan.spine.places.queries import forget
from tests.spine.cases.known import World, make_asker, make_case
from tests.spine.cases.learning.test_training import close_cases


@pytest.fixture
def case(world: World) -> Case:
    close_cases(world, 60)
    train(fewest_cases=50)
    made = make_case(world, Status.TRIAGE, askers=0, service=None)
    make_asker(made, text="我们楼停电了")
    return made


def test_taking_a_suggestion_means_its_service_and_agency(world: World, case: Case) -> None:
    hint = hint_for(case)
    assert offer(case, hint) == (world.service, world.grid)
    assert taken(case, world.service, world.grid) in hint.learnt
    assert taken(case, world.service, world.water) is None


def test_the_agency_that_returned_it_is_not_suggested_again(world: World, case: Case) -> None:
    given = actions.reclassify(case=case, service=world.service, by=world.olga)
    given = actions.assign(case=given, agency=world.grid, by=world.olga)
    back = actions.return_to_triage(case=given, by=world.ben, reason="not ours")
    assert hint_for(back).agency != world.grid


def test_a_whole_page_costs_no_more_questions_than_one_case(
    case: Case, world: World, django_assert_max_num_queries: object
) -> None:
    cases = [case, *(make_case(world, Status.TRIAGE, service=None) for _ in range(5))]
    hints(cases)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        hints(cases)


def test_several_places_of_one_name_are_told_to_choose_from(world: World) -> None:
    forget()
    for code in ("1", "2"):
        district = District.objects.create(code=code, name_zh=f"{code}号区", level="county")
        Site.objects.create(
            code=code, name_zh="银杏雅苑", kind="compound", district=district, lon=113, lat=27
        )
    made = make_case(world, Status.TRIAGE, askers=0, service=None)
    make_asker(made, text="银杏雅苑停电")
    named = hint_for(made).named
    assert named is not None
    assert len(named.candidates) == 2
