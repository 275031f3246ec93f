"""Who asks: a program with a bearer token, or a page of ours with its session (then CSRF is checked)."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer, SessionAuth

from bihuan.faces.api.scopes import scope_of
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.limits import Budget, spend
from bihuan.spine.accounts.models import Token, User
from bihuan.spine.accounts.tokens import token_of
from bihuan.spine.resources import presence

ROOT = "/api/v1/"
BEARER = "bearer "


class StaffRequest(HttpRequest):
    """A request whose sender is known to be staff."""

    auth: User
    version: str
    """Set by a view whose answer tells a Case: which state of it that is."""


class TooMany(Refused):
    """A token asked more than it may in a minute."""

    status = 429

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(_("This token has asked too much for now."), code="too_many")
        self.retry_after_s = retry_after_s


class BearerToken(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        found = sender(request, token)
        if found is None:
            return None
        wanted = scope_of(request.method or "", request.path.removeprefix(ROOT))
        if not found.opens(wanted):
            words = _("This token does not open that: it lacks the scope %(scope)s.") % {"scope": wanted}
            raise Forbidden(words, code="scope")
        # An office whose own program works for it is connected.
        presence.seen(found.user)
        return found.user


class Session(SessionAuth):
    """The session of a page of ours; without a second factor, where one is wanted, it opens nothing."""

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        user = request.user
        if not isinstance(user, User) or (settings.BIHUAN_SECOND_FACTOR and not is_mfa_enabled(user)):
            return None
        return user


STAFF = [BearerToken(), Session()]


def sender(request: HttpRequest, text: str = "") -> Token | None:
    """Return the token that a request carries, if it is good; counts the request once.

    Raises
    ------
    TooMany
        when the token has asked too much.
    """
    if not hasattr(request, "token"):
        header = request.headers.get("Authorization", "")
        text = text or (header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else "")
        token = token_of(text) if text else None
        request.token = token  # type: ignore[attr-defined]  # kept for the rest of the request
        request.budget = spend(token, settings.BIHUAN_API_PER_MINUTE) if token else None  # type: ignore[attr-defined]
    budget: Budget | None = request.budget  # type: ignore[attr-defined]
    if budget and budget.is_spent:
        raise TooMany(budget.reset_s)
    return request.token  # type: ignore[attr-defined,no-any-return]
