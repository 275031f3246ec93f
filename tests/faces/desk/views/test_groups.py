"""Triage in groups."""

from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case, make_service


def test_a_whole_group_is_given_at_once(world: World, sign_in: SignIn) -> None:
    cases = [make_case(world, Status.TRIAGE).pk for _ in range(3)]
    olga, service = sign_in(world.olga), make_service("water_failure")
    (group,) = olga.get("/desk/triage/groups/").context["groups"]
    assert sorted(case.pk for case in group.cases) == cases
    said = {"case": cases, "service": service.pk, "priority": "urgent", "agency": world.water.pk}
    page = olga.post("/desk/triage/groups/sort/", said, follow=True)
    assert "Done for 3 cases." in page.content.decode()
    given = Case.objects.filter(pk__in=cases, service=service, priority="urgent", agency=world.water)
    assert given.count() == 3


def test_one_that_somebody_else_has_sorted_is_named_and_the_others_go(world: World, sign_in: SignIn) -> None:
    cases = [make_case(world, Status.TRIAGE).pk, make_case(world, Status.ACCEPTED).pk]
    said = {"case": cases, "service": world.service.pk, "priority": "normal", "agency": world.grid.pk}
    page = sign_in(world.olga).post("/desk/triage/groups/sort/", said, follow=True)
    assert [one.case_id for one in page.context["undone"]] == [cases[1]]


def test_without_an_agency_nothing_is_given(world: World, sign_in: SignIn) -> None:
    case = make_case(world, Status.TRIAGE)
    sign_in(world.olga).post("/desk/triage/groups/sort/", {"case": [case.pk]})
    assert Case.objects.get(pk=case.pk).status == Status.TRIAGE
