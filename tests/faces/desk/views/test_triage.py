"""The triage queue."""

import pytest

from bihuan.spine.accounts.models import Agency, Role
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Priority, Status
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case, make_service

HTMX = {"hx-request": "true"}


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world, Status.TRIAGE, service=None)


def _decision(world: World, **said: object) -> dict[str, object]:
    return {"service": world.service.pk, "priority": "normal", "agency": world.grid.pk, **said}


def test_unsorted_and_returned_cases_are_listed_with_the_reason(
    world: World, case: Case, sign_in: SignIn
) -> None:
    returned = make_case(world)
    actions.return_to_triage(case=returned, by=world.ben, reason="belongs to water")
    answer = sign_in(world.olga).get("/desk/triage/")
    assert [one.pk for one in answer.context["returned"]] == [returned.pk]
    assert [one.pk for one in answer.context["unsorted"]] == [case.pk]
    assert b"belongs to water" in answer.content


def test_service_priority_and_owner_are_decided_at_once(world: World, case: Case, sign_in: SignIn) -> None:
    other = make_service("water_failure")
    said = _decision(world, service=other.pk, priority="urgent", agency=world.water.pk)
    sign_in(world.olga).post(f"/desk/triage/{case.pk}/", said)
    case.refresh_from_db()
    assert (case.service, case.priority, case.agency) == (other, Priority.URGENT, world.water)
    assert case.status == Status.WAITING


def test_a_refused_decision_changes_nothing(world: World, case: Case, sign_in: SignIn) -> None:
    actions.assign(
        case=actions.reclassify(case=case, service=world.service, by=world.olga),
        agency=world.grid,
        by=world.olga,
    )
    said = _decision(world, priority="urgent", agency=world.water.pk)
    answer = sign_in(world.olga).post(f"/desk/triage/{case.pk}/", said)
    case.refresh_from_db()
    assert answer.status_code in (409, 422)
    assert (case.priority, case.agency) == (Priority.NORMAL, world.grid)


def test_with_htmx_the_row_says_what_was_done(world: World, case: Case, sign_in: SignIn) -> None:
    answer = sign_in(world.olga).post(f"/desk/triage/{case.pk}/", _decision(world), headers=HTMX)
    assert b"is with Power grid now" in answer.content


def test_a_decision_without_an_owner_is_refused(world: World, case: Case, sign_in: SignIn) -> None:
    answer = sign_in(world.olga).post(f"/desk/triage/{case.pk}/", _decision(world, agency=""))
    assert answer.status_code == 422


def test_marked_cases_go_to_one_agency_together(world: World, sign_in: SignIn) -> None:
    cases = [make_case(world, Status.TRIAGE) for _ in range(3)]
    said = {"agency": world.grid.pk, "case": [case.pk for case in cases[:2]]}
    sign_in(world.olga).post("/desk/triage/assign/", said)
    owners = [Case.objects.get(pk=case.pk).agency for case in cases]
    assert owners == [world.grid, world.grid, None]


def test_what_can_not_be_assigned_is_named_and_the_others_go(
    world: World, case: Case, sign_in: SignIn
) -> None:
    good = make_case(world, Status.TRIAGE)
    said = {"agency": world.grid.pk, "case": [case.pk, good.pk]}
    answer = sign_in(world.olga).post("/desk/triage/assign/", said, follow=True)
    good.refresh_from_db()
    assert good.agency == world.grid
    assert f"No. {case.pk}" in answer.content.decode()


def test_nothing_marked_is_said(world: World, sign_in: SignIn) -> None:
    answer = sign_in(world.olga).post("/desk/triage/assign/", {"agency": world.grid.pk}, follow=True)
    assert b"Mark cases and choose an agency." in answer.content


def test_new_ones_are_counted_for_the_bar(world: World, case: Case, sign_in: SignIn) -> None:
    sorted_one = make_case(world)
    answer = sign_in(world.olga).get(f"/desk/triage/new/?cases={case.pk},{sorted_one.pk}")
    assert answer.json() == {"count": 1}


def test_triage_is_for_those_whose_role_allows_it(world: World, case: Case, sign_in: SignIn) -> None:
    client = sign_in(world.ben)
    assert client.get("/desk/triage/").status_code == 403
    assert client.post(f"/desk/triage/{case.pk}/", _decision(world)).status_code == 403
    assert (
        client.post("/desk/triage/assign/", {"case": [case.pk], "agency": world.grid.pk}).status_code == 403
    )


def test_a_returned_case_is_not_offered_to_whoever_sent_it_back(world: World, sign_in: SignIn) -> None:
    returned = make_case(world)
    Agency.objects.filter(pk=world.grid.pk).update(name_en="Chosen by default")
    actions.return_to_triage(case=returned, by=world.ben, reason="not ours")
    text = sign_in(world.olga).get("/desk/triage/").content.decode()
    assert f'value="{world.grid.pk}" selected' not in text.split('id="agency-')[1].split("</select>")[0]


def test_twins_of_other_offices_are_not_told_of(world: World, sign_in: SignIn) -> None:
    world.eve.role = Role.objects.create(code="sorter", permissions=[Permission.TRIAGE, Permission.VIEW_OWN])
    world.eve.save()
    make_case(world, summary="the lift stands still with somebody in it")
    unsorted = make_case(
        world, Status.TRIAGE, agency=None, summary="the lift stands still with somebody in it"
    )
    assert "the lift" in sign_in(world.olga).get(f"/desk/triage/{unsorted.pk}/twins/").content.decode()
    assert "the lift" not in sign_in(world.eve).get(f"/desk/triage/{unsorted.pk}/twins/").content.decode()


def test_a_returned_case_that_lies_with_the_joint_check_says_so_and_leads_there(
    world: World, sign_in: SignIn
) -> None:
    case = actions.return_to_triage(case=make_case(world), by=world.ben, reason="belongs to water")
    assert "with the joint check" not in sign_in(world.olga).get("/desk/triage/").content.decode()
    actions.refer(case=case, by=world.max, reason="whose?")
    text = sign_in(world.olga).get("/desk/triage/").content.decode()
    assert f'<a class="badge badge--late" href="/desk/case/{case.pk}/">with the joint check</a>' in text
