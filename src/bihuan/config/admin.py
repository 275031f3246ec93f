"""The administration at ``/admin/``: accounts, agencies, roles, teams, sites, services, rules."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext_lazy as _

from bihuan.spine.accounts.permissions import Permission

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
OPENS = (Permission.STAFF, Permission.RULES)


class BihuanAdminSite(AdminSite):
    """Opened by a permission of one's role; signing in is the staff's common page, second factor and all."""

    site_header = _("Bihuan administration")
    site_title = _("Bihuan administration")
    index_title = _("Accounts, services, rules")
    site_url = "/desk/"

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return not isinstance(user, AnonymousUser) and any(user.may(permission) for permission in OPENS)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return guarded(request, *args, **kwargs)

        return cast(View, update_wrapper(inner, guarded))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or resolve_url("admin:index"))

    def password_change(  # type: ignore[override]  # a way elsewhere, not a page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")
