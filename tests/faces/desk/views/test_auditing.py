"""The auditor's view."""

import pytest

from bihuan.faces.desk.views import auditing
from bihuan.spine.accounts.models import Role, User
from bihuan.spine.cases import actions
from bihuan.spine.cases.reading import reveal
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case, make_user


@pytest.fixture
def auditor(world: World) -> User:
    return make_user("ada", Role.objects.get(code="auditor"), world.city)


def test_readings_of_personal_data_are_listed_with_reader_and_purpose(
    world: World, auditor: User, sign_in: SignIn
) -> None:
    submission = make_case(world).askers.get().submission
    reveal(submission=submission, field="phone", purpose="call_back", by=world.ben)
    text = sign_in(auditor).get("/desk/audit/").content.decode()
    assert "Ben" in text and "to call the asker back" in text
    assert "19900005526" not in text


def test_the_events_of_one_case_are_listed(world: World, auditor: User, sign_in: SignIn) -> None:
    case, other = make_case(world), make_case(world)
    actions.accept(case=case, by=world.ben)
    actions.accept(case=other, by=world.ida)
    rows = sign_in(auditor).get(f"/desk/audit/?case={case.pk}").context["rows"]
    assert [(event.verb, who) for event, who in rows] == [("accept", "Ben"), ("opened", "the system")]


def test_earlier_events_are_a_page_away(
    world: World, auditor: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(auditing, "MOST", 1)
    case = actions.accept(case=make_case(world), by=world.ben)
    client = sign_in(auditor)
    before = client.get(f"/desk/audit/?case={case.pk}").context["before"]
    rows = client.get(f"/desk/audit/?case={case.pk}&before={before}").context["rows"]
    assert [event.verb for event, _ in rows] == ["opened"]


def test_spoilt_numbers_show_the_readings(world: World, auditor: User, sign_in: SignIn) -> None:
    assert sign_in(auditor).get(f"/desk/audit/?case={'9' * 50}&before=x").status_code == 200


def test_the_audit_is_for_auditors(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.max).get("/desk/audit/").status_code == 403
