"""The administration opens by permission; to others it isn't there."""

import pytest
from django.test import Client

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.roles import STANDARD, write_roles

pytestmark = pytest.mark.django_db
PAGES = [
    "/admin/",
    "/admin/accounts/user/",
    "/admin/cases/service/add/",
    "/admin/nowhere/",
    "/admin/password_change/",
]


def signed_in(client: Client, **who: object) -> User:
    user = User.objects.create_user("somebody", password="long enough 1", **who)
    client.force_login(user)
    return user


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_sent_to_the_common_page_for_signing_in(client, page):
    response = client.get(page, follow=True)
    assert response.redirect_chain[-1][0].startswith("/staff/login/?next=/admin/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [spec.code for spec in STANDARD if spec.code != "administrator"])
def test_to_whoever_may_not_it_is_not_there(client, role, page):
    signed_in(client, role=write_roles()[role])
    assert client.get(page).status_code == 404


def test_djangos_own_marks_of_staff_open_nothing(client):
    signed_in(client, is_staff=True)
    assert client.get("/admin/").status_code == 404


def test_an_administrator_is_let_in(client):
    signed_in(client, role=write_roles()["administrator"])
    for page in PAGES[:3]:
        assert client.get(page).status_code == 200


def test_djangos_own_pages_for_passwords_lead_to_ours(client):
    signed_in(client, role=write_roles()["administrator"])
    assert client.get("/admin/password_change/").headers["Location"] == "/staff/password/change/"
    assert client.get("/admin/login/").headers["Location"] == "/admin/"


def test_a_closed_account_of_an_administrator_opens_nothing(client):
    user = signed_in(client, role=write_roles()["administrator"])
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_the_administration_works_under_our_content_policy(live_server, page):
    """The fixture ``page`` fails on whatever the browser refuses."""
    User.objects.create_user("ada", password="long enough 1", role=write_roles()["administrator"])
    page.goto(f"{live_server.url}/admin/cases/service/add/")
    page.locator("[name=login]").fill("ada")
    page.locator("[name=password]").fill("long enough 1")
    page.keyboard.press("Enter")
    page.locator("#id_code").wait_for()
    page.goto(f"{live_server.url}/admin/accounts/role/add/")
    assert page.locator("input[type=checkbox][name=permissions]").count() == len(Permission)
    page.goto(f"{live_server.url}/admin/accounts/user/")
    page.locator("#action-toggle").click()
    assert page.locator("tr.selected").count() == 1
