"""Who asks: an api_key is a token that may ask, in the body, in the address or as a bearer token."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from bihuan.faces.open311.answers import Wrong
from bihuan.spine.accounts.models import Scope, User
from bihuan.spine.accounts.tokens import user_of

BEARER = "Bearer "


def holder_of_key(request: HttpRequest) -> User:
    """Return who holds the key; refuses a missing and a wrong one."""
    bearer = request.headers.get("Authorization", "")
    key = (
        request.POST.get("api_key")
        or request.GET.get("api_key")
        or (bearer.removeprefix(BEARER) if bearer.startswith(BEARER) else "")
    )
    if not key:
        raise Wrong(403, _("An api_key is needed. The discovery says whom to ask for one."))
    user = user_of(key, Scope.ASK)
    if user is None:
        raise Wrong(403, _("This api_key is not known, or no longer good."))
    return user
