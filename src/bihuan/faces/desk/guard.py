"""Who may open a page of the desk; whoever does is there."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponseBase
from django.utils.translation import get_language

from bihuan.spine.accounts import guard
from bihuan.spine.accounts.guard import P, Page, StaffRequest, View
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.resources import presence

__all__ = ["Page", "StaffRequest", "View", "staff"]


def staff(*permissions: Permission) -> Callable[[Page[P]], View[P]]:
    """Let in staff who hold at least one of the permissions, and keep that they are there."""

    def decorate(page: Page[P]) -> View[P]:
        @wraps(page)
        def seen(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            presence.seen(request.user, get_language() or "")
            return page(request, *args, **kwargs)

        return guard.staff(*permissions)(seen)

    return decorate
