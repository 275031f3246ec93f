"""Accounts, agencies and roles are made by an administrator, and each save leaves an Event."""

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.test import Client

from bihuan.spine.accounts.actions import save_agency
from bihuan.spine.accounts.models import Agency, Role, Token, User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.accounts.tokens import issue, user_of
from bihuan.spine.audit.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "a long and good one"


@pytest.fixture(autouse=True)
def ada(client: Client) -> User:
    user = User.objects.create_user("ada", password=PASSWORD, role=write_roles()["administrator"])
    client.force_login(user)
    return user


@pytest.fixture
def ben() -> User:
    return User.objects.create_user("ben", password=PASSWORD, email="ben@example.org")


def verbs() -> list[tuple[str, str]]:
    return list(Event.objects.order_by("id").values_list("verb", "subject_type"))


def do(client: Client, model: str, action: str, *rows: object):
    form = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(f"/admin/{model}/", form, follow=True)


def test_an_account_is_made_and_left_in_the_audit(client, ada):
    role = Role.objects.get(code="officer")
    form = {
        "username": "cleo", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD,
        "display_name": "Cleo", "role": role.pk, "agency": "",
    }  # fmt: skip
    response = client.post("/admin/accounts/user/add/", form)
    assert response.status_code == 302, response.context["errors"]
    cleo = User.objects.get(username="cleo")
    assert cleo.check_password(PASSWORD)
    assert cleo.role == role
    event = Event.objects.get(verb="added")
    assert (event.actor, event.subject_id) == (ada, cleo.pk)


def test_the_audit_names_the_fields_that_changed_and_never_what_is_in_them(client, ben):
    form = {
        "username": "ben",
        "display_name": "Benjamin Secret",
        "is_active": "on",
        "email": "new@example.org",
    }
    assert client.post(f"/admin/accounts/user/{ben.pk}/change/", form).status_code == 302
    event = Event.objects.get(verb="changed")
    assert len(event.detail["fields"]) == 2
    assert "Secret" not in str(event.detail)
    assert "example" not in str(event.detail)


def test_a_new_password_is_left_in_the_audit_without_it(client, ben):
    form = {"usable_password": "true", "password1": "quite another one", "password2": "quite another one"}
    assert client.post(f"/admin/accounts/user/{ben.pk}/password/", form).status_code == 302
    ben.refresh_from_db()
    assert ben.check_password("quite another one")
    assert verbs() == [("changed", "user")]
    assert "quite another one" not in str(Event.objects.values())


def test_what_makes_somebody_more_than_a_role_is_not_in_the_form(client, ben):
    form = {"username": "ben", "is_active": "on", "is_superuser": "on", "is_staff": "on"}
    client.post(f"/admin/accounts/user/{ben.pk}/change/", form)
    ben.refresh_from_db()
    assert not (ben.is_superuser or ben.is_staff)


def test_an_administrator_can_not_take_the_place_of_the_highest_account(client):
    root = User.objects.create_superuser("root", password=PASSWORD)
    form = {"usable_password": "true", "password1": "quite another one", "password2": "quite another one"}
    assert client.post(f"/admin/accounts/user/{root.pk}/password/", form).status_code == 403
    do(client, "accounts/user", "take_second_factor", root)
    root.refresh_from_db()
    assert root.check_password(PASSWORD)


@pytest.mark.parametrize(
    "model", ["accounts/user", "accounts/agency", "accounts/role", "cases/rule", "cases/service"]
)
def test_nothing_is_deleted(client, model, ben):
    assert "delete_selected" not in client.get(f"/admin/{model}/").content.decode()
    assert client.post(f"/admin/accounts/user/{ben.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_locked_name_is_let_in_again(client, ben):
    for _ in range(5):
        Client().post("/staff/login/", {"login": "ben", "password": "wrong"})
    do(client, "accounts/user", "unlock", ben)
    assert not AccessAttempt.objects.exists()
    assert ("unlock", "user") in verbs()


def test_a_lost_second_factor_is_taken_away(client, ben):
    Authenticator.objects.create(user=ben, type=Authenticator.Type.TOTP, data={})
    do(client, "accounts/user", "take_second_factor", ben)
    assert not Authenticator.objects.exists()
    assert ("take_second_factor", "user") in verbs()


def test_a_token_is_ended_and_its_digest_is_not_shown(client, ben):
    token = issue(ben, "import")
    row = Token.objects.get()
    assert row.digest not in client.get(f"/admin/accounts/token/{row.pk}/change/").content.decode()
    do(client, "accounts/token", "revoke", row)
    assert user_of(token) is None
    assert ("revoke", "token") in verbs()


def test_a_moved_agency_takes_along_what_is_below_it(client):
    city = save_agency(Agency(code="city", name_zh="市"))
    power = save_agency(Agency(code="power", name_zh="电"))
    save_agency(Agency(code="crew", name_zh="班", parent=power))
    form = {"code": "power", "name_zh": "电", "parent": city.pk, "is_active": "on"}
    assert client.post(f"/admin/accounts/agency/{power.pk}/change/", form).status_code == 302
    assert Agency.objects.get(code="crew").path == "/city/power/crew/"


def test_an_agency_below_itself_is_told_at_its_field(client):
    power = save_agency(Agency(code="power", name_zh="电"))
    crew = save_agency(Agency(code="crew", name_zh="班", parent=power))
    form = {"code": "power", "name_zh": "电", "parent": crew.pk, "is_active": "on"}
    response = client.post(f"/admin/accounts/agency/{power.pk}/change/", form)
    assert "parent" in response.context["adminform"].form.errors
    assert Agency.objects.get(code="power").path == "/power/"


def test_a_role_is_a_list_of_ticks(client):
    role = Role.objects.get(code="officer")
    form = {"code": "officer", "name_zh": "经办人", "permissions": ["case.view", "case.work"]}
    assert client.post(f"/admin/accounts/role/{role.pk}/change/", form).status_code == 302
    role.refresh_from_db()
    assert role.permissions == ["case.view", "case.work"]
