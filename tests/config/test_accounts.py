"""The pages of an account: each in both languages, passing for everybody, without inline script or style."""

import pytest
from django.core.cache import cache
from django.test import Client

from bihuan.config.accounts import urlpatterns
from bihuan.spine.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long and good one"
SIGNED_IN = [
    "/staff/logout/", "/staff/reauthenticate/", "/staff/password/change/", "/staff/second-factor/",
    "/staff/second-factor/app/activate/",
]  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Forget who asked how often: accounts of other tests had the same numbers."""
    cache.clear()


@pytest.fixture
def ben(client: Client) -> User:
    user = User.objects.create_user("ben", password=PASSWORD)
    client.force_login(user)
    client.post("/staff/reauthenticate/", {"password": PASSWORD})
    return user


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("page", SIGNED_IN)
def test_each_page_is_whole_in_both_languages(client, ben, page, language):
    client.cookies["django_language"] = language
    said = client.get(page).content.decode()
    assert "<h1>" in said
    assert ("退出" in said or "验证" in said or "密码" in said) is (language == "zh-hans")
    assert 'style="' not in said
    assert "<script>" not in said


def test_what_is_switched_on_is_exactly_this():
    assert {pattern.name for pattern in urlpatterns} == {
        "account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password",
        "account_set_password", "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp",
        "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }  # fmt: skip


def test_an_account_without_a_password_sets_one(client):
    user = User.objects.create_user("new")
    client.force_login(user)
    assert client.get("/staff/password/change/").headers["Location"] == "/staff/password/set/"
    assert client.get("/staff/password/set/").status_code == 200


@pytest.mark.parametrize("page", ["/staff/login/", "/staff/inactive/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_for_whoever_is_outside_pass_for_everybody(live_server, chromium, axe, page, scheme):
    from tests import browser

    with browser.page(chromium, color_scheme=scheme) as shown:
        shown.goto(live_server.url + page)
        axe(shown)


@pytest.mark.django_db(transaction=True)
def test_signing_in_and_setting_up_the_second_factor_by_keyboard_at_360(live_server, page, axe):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    User.objects.create_user("ben", password=PASSWORD)
    page.goto(live_server.url + "/staff/second-factor/app/activate/")
    page.get_by_label("用户名").fill("ben")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/reauthenticate/**")
    axe(page)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/app/activate/")
    axe(page)
    secret = page.locator("code").inner_text().strip()
    page.locator("input[name=code]").fill(
        format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor/codes/")
    axe(page)
    assert page.locator("li code").count() == 10
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
