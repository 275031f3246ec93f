"""Who may know of which Case."""

import pytest
from django.http import Http404

from bihuan.spine.cases import queries
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_agency, make_case


def sees(user: object, case: object) -> bool:
    try:
        return queries.access_case(user, case.pk) == case  # type: ignore[arg-type, attr-defined]
    except Http404:
        return False


def test_staff_see_the_cases_of_their_agency_and_those_below(world: World) -> None:
    assert sees(world.ben, make_case(world))
    assert sees(world.ben, make_case(world, agency=world.crew))


def test_another_agency_is_not_told_that_the_case_exists(world: World) -> None:
    assert not sees(world.eve, make_case(world))


def test_an_agency_does_not_see_the_cases_of_the_one_above(world: World) -> None:
    assert not sees(world.ben, make_case(world, agency=world.city))


def test_a_neighbour_whose_code_begins_alike_sees_nothing(world: World) -> None:
    gridlock = make_agency("gridlock", "堵车办", "Gridlock", world.city)
    assert not sees(world.ben, make_case(world, agency=gridlock))


def test_somebody_without_a_role_sees_nothing(world: World) -> None:
    assert not queries.visible_cases(world.dan).exists()
    assert not sees(world.dan, make_case(world))


def test_the_unsorted_are_seen_by_those_who_sort(world: World) -> None:
    case = make_case(world, Status.TRIAGE)
    assert sees(world.olga, case)
    assert not sees(world.ben, case)


def test_a_sorter_who_may_not_see_all_sees_the_unsorted_only(world: World) -> None:
    world.dan.role = type(world.olga.role).objects.create(
        code="sorter", name_zh="分拣员", permissions=["case.triage"]
    )
    unsorted, owned = make_case(world, Status.TRIAGE), make_case(world)
    assert set(queries.visible_cases(world.dan)) == {unsorted}
    assert sees(world.dan, unsorted)
    assert not sees(world.dan, owned)


def test_a_closed_account_sees_nothing(world: World) -> None:
    case = make_case(world)
    for user in (world.ben, world.olga, world.max):
        user.is_active = False
        assert not sees(user, case)


def test_the_commander_sees_all(world: World) -> None:
    cases = {make_case(world), make_case(world, agency=world.water), make_case(world, Status.TRIAGE)}
    assert set(queries.visible_cases(world.max)) == cases


def test_a_number_that_was_never_given_is_not_found(world: World) -> None:
    with pytest.raises(Http404):
        queries.access_case(world.max, 2**62)
