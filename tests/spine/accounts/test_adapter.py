"""Signing in, tried through the pages: wrong passwords lock, the second factor is asked, its secret is sealed."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse

from bihuan.spine.accounts.adapter import client_ip
from bihuan.spine.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long and good one"
LOGIN = "/staff/login/"


@pytest.fixture(autouse=True)
def ben():
    cache.clear()
    return User.objects.create_user("ben", password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, name: str = "ben", **extra: str):
    return client.post(LOGIN, {"login": name, "password": password}, **extra)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def lock(client: Client) -> None:
    for _ in range(5):
        sign_in(client, "wrong")


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def set_up_second_factor(client: Client) -> str:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = str(page.context["form"].secret)
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def test_the_right_password_leads_to_the_desk(client):
    response = sign_in(client)
    assert (response.status_code, response.headers["Location"]) == (302, "/desk/")
    assert is_signed_in(client)


def test_a_wrong_password_is_told_without_saying_whether_the_name_exists(client):
    known, unknown = sign_in(client, "wrong"), sign_in(client, "wrong", "nobody")
    assert not is_signed_in(client)
    said = [str(response.context["form"].errors) for response in (known, unknown)]
    assert said[0] == said[1]


def test_the_fifth_wrong_password_locks_with_a_clear_page(client):
    for _ in range(4):
        assert sign_in(client, "wrong").status_code == 200
    locked = sign_in(client, "wrong")
    assert locked.status_code == 429
    assert "account/locked.html" in [template.name for template in locked.templates]
    assert "15" in locked.content.decode()


def test_while_locked_the_right_password_is_refused_too(client):
    lock(client)
    assert sign_in(client).status_code == 429
    assert not is_signed_in(client)


def test_a_lock_is_for_all_processes_because_it_is_in_the_database(client):
    lock(client)
    cache.clear()
    assert sign_in(Client()).status_code == 429


def test_the_lock_ends_after_a_quarter_of_an_hour_also_for_who_kept_trying(client):
    lock(client)
    sign_in(client, "wrong")
    attempt = AccessAttempt.objects.get()
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=15, seconds=1))
    assert sign_in(client).status_code == 302


def test_one_name_locked_leaves_the_others_in(client):
    User.objects.create_user("eve", password=PASSWORD)
    lock(client)
    assert sign_in(client, name="eve").status_code == 302


def test_a_stranger_elsewhere_can_not_lock_ben_out(client):
    for _ in range(6):
        sign_in(client, "wrong", REMOTE_ADDR="203.0.113.7")
    assert sign_in(client).status_code == 302


def test_a_right_password_forgives_the_wrong_ones_before_it(client):
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "wrong")
        assert sign_in(client).status_code == 302
        client.logout()


def test_passwords_are_not_written_down(client):
    sign_in(client, "my secret password")
    assert "my secret password" not in str(AccessAttempt.objects.values().get())


def test_a_closed_account_is_told_so_and_not_let_in(client, ben):
    User.objects.update(is_active=False)
    assert sign_in(client).headers["Location"] == reverse("account_inactive")
    assert not is_signed_in(client)
    assert client.get(reverse("account_inactive")).status_code == 200


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_nobody_signs_up_or_resets_by_mail(client, name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
    assert client.get("/staff/signup/").status_code == 404


def test_signing_out_takes_a_click_and_ends_the_session(client):
    sign_in(client)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_signed_in(client)
    assert client.post(reverse("account_logout")).status_code == 302
    assert not is_signed_in(client)


def test_a_changed_password_is_good_and_the_old_one_is_not(client):
    sign_in(client)
    new = "another long and good one"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert User.objects.get().check_password(new)


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123"])
def test_a_weak_password_is_refused(client, weak):
    sign_in(client)
    form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    response = client.post(reverse("account_change_password"), form)
    assert response.context["form"].errors
    assert User.objects.get().check_password(PASSWORD)


def test_a_way_back_that_leads_to_another_site_is_not_taken(client):
    response = client.post(f"{LOGIN}?next=https://elsewhere.example/", {"login": "ben", "password": PASSWORD})
    assert response.headers["Location"] == "/desk/"


def test_to_set_up_a_second_factor_the_password_is_asked_once_more(client):
    sign_in(client)
    assert (
        client.get(reverse("mfa_activate_totp"))
        .headers["Location"]
        .startswith(reverse("account_reauthenticate"))
    )


def test_after_setting_up_the_second_factor_the_password_alone_is_not_enough(client):
    sign_in(client)
    set_up_second_factor(client)
    other = Client()
    assert sign_in(other).headers["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(other)


def test_the_code_lets_in_and_a_wrong_one_does_not(client):
    sign_in(client)
    secret = set_up_second_factor(client)
    cache.clear()  # the code just used is spent for half a minute
    other = Client()
    sign_in(other)
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert not is_signed_in(other)
    assert other.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == 302
    assert is_signed_in(other)


def test_guessing_codes_is_stopped(client):
    sign_in(client)
    secret = set_up_second_factor(client)
    cache.clear()
    other = Client()
    sign_in(other)
    for _ in range(6):
        other.post(reverse("mfa_authenticate"), {"code": "000000"})
    other.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert not is_signed_in(other)


def test_a_recovery_code_lets_in_once(client):
    sign_in(client)
    set_up_second_factor(client)
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    outcomes = []
    for _ in range(2):
        other = Client()
        sign_in(other)
        other.post(reverse("mfa_authenticate"), {"code": code})
        outcomes.append(is_signed_in(other))
    assert outcomes == [True, False]


def test_the_second_factors_secret_is_sealed_in_the_database(client):
    sign_in(client)
    secret = set_up_second_factor(client)
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    stored = str(list(Authenticator.objects.values()))
    assert secret not in stored
    assert code not in stored


def test_the_second_factor_can_be_taken_away_and_new_codes_made(client):
    sign_in(client)
    set_up_second_factor(client)
    old = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"] != old
    assert old[0] not in client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    ("proxies", "sent", "address"),
    [
        (0, "203.0.113.7", "192.0.2.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "10.0.0.1, 203.0.113.7", "203.0.113.7"),
    ],
)
def test_an_address_is_believed_from_our_own_proxies_only(settings, proxies, sent, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=sent)
    assert client_ip(request) == address


def test_a_request_over_a_local_socket_is_from_nowhere():
    assert client_ip(RequestFactory().get("/", REMOTE_ADDR="")) is None
