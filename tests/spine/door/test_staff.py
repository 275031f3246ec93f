"""Who may hear the desk."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from bihuan.spine.accounts.models import User
from bihuan.spine.door.staff import level_of
from tests.spine.door.wire import scope_of

pytestmark = pytest.mark.django_db


def level(cookie: str) -> str:
    return level_of(scope_of("GET", "/live", {"cookie": cookie} if cookie else {}))


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def ben() -> User:
    return User.objects.create_user("ben")


def test_staff_who_are_signed_in_hear_the_desk(ben: User) -> None:
    assert level(f"a=b; {settings.SESSION_COOKIE_NAME}={session_of(ben)}; c=d") == "desk"


@pytest.mark.parametrize(
    "cookie", ["", "a=b", "sessionid=", "sessionid=no-such-session", 'sess"ion\x01;;=', "=;"]
)
def test_nobody_and_nonsense_hear_the_public_stream(cookie: str) -> None:
    assert level(cookie) == "public"


def test_an_account_that_was_closed_hears_the_public_stream(ben: User) -> None:
    key = session_of(ben)
    User.objects.filter(pk=ben.pk).update(is_active=False)
    assert level(f"{settings.SESSION_COOKIE_NAME}={key}") == "public"


def test_a_session_from_before_a_new_password_is_over(ben: User) -> None:
    key = session_of(ben)
    ben.set_password("another one entirely")
    ben.save()
    assert level(f"{settings.SESSION_COOKIE_NAME}={key}") == "public"


def test_a_password_without_the_second_factor_that_is_wanted_opens_no_desk(ben: User, settings: Any) -> None:
    settings.BIHUAN_SECOND_FACTOR = True
    cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(ben)}"
    assert level(cookie) == "public"
    Authenticator.objects.create(user=ben, type=Authenticator.Type.TOTP, data={})
    assert level(cookie) == "desk"
