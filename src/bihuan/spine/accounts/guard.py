"""Who may open a page for staff: those who are signed in and whose role allows it. For the desk and for every line."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission


class StaffRequest(HttpRequest):
    """A request behind ``staff``: somebody is signed in."""

    user: User
    htmx: HtmxDetails


P = ParamSpec("P")
Page = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff(*permissions: Permission) -> Callable[[Page[P]], View[P]]:
    """Let in staff who hold at least one of the permissions; without any named, all staff."""

    def decorate(page: Page[P]) -> View[P]:
        @wraps(page)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if permissions and not any(map(request.user.may, permissions)):
                raise PermissionDenied
            return page(request, *args, **kwargs)

        # Desks are shared: who comes next must not find the last officer's pages by going back.
        return never_cache(login_required(guarded))  # type: ignore[return-value]  # it lets no Anonymous pass

    return decorate
