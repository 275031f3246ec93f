"""Is a listener staff? Told by the session that the pages made; the door makes none."""

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from bihuan.spine.door.asking import Scope, header
from bihuan.spine.door.threads import drop_dead_connection


def level_of(scope: Scope) -> str:
    """Return ``desk`` for staff who are signed in, else ``public``. Reads the session: call it in a thread."""
    key = _session_key(scope)
    if not key:
        return "public"
    drop_dead_connection()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return "desk" if _is_staff(get_user(request)) else "public"


def _is_staff(user: AbstractBaseUser | AnonymousUser) -> bool:
    # A password alone opens nothing where a second factor is wanted, here as on the pages.
    return user.is_authenticated and (not settings.BIHUAN_SECOND_FACTOR or is_mfa_enabled(user))


def _session_key(scope: Scope) -> str:
    try:
        cookies = SimpleCookie(header(scope, b"cookie"))
    except CookieError:
        return ""
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""
