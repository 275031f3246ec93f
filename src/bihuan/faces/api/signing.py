"""Who asks: a program with a bearer token, or a page of ours with its session (then CSRF is checked)."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import user_of
from bihuan.spine.resources import presence


class StaffRequest(HttpRequest):
    """A request whose sender is known to be staff."""

    auth: User


class BearerToken(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        user = user_of(token)
        if user is not None:
            # An office whose own program works for it is connected.
            presence.seen(user)
        return user


class Session(SessionAuth):
    """The session of a page of ours; without a second factor, where one is wanted, it opens nothing."""

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        user = request.user
        if not isinstance(user, User) or (settings.BIHUAN_SECOND_FACTOR and not is_mfa_enabled(user)):
            return None
        return user


STAFF = [BearerToken(), Session()]
