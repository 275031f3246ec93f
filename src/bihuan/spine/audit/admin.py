"""Accounts, agencies and roles in the administration (their own room may not know the audit)."""

from typing import Any

from allauth.mfa.models import Authenticator
from axes.utils import reset
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bihuan.spine.accounts.actions import is_loop, save_agency
from bihuan.spine.accounts.models import Agency, Role, Token, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.audit.administration import Audited
from bihuan.spine.audit.tokens import take_back


@admin.register(User)
class StaffPage(Audited, UserAdmin):  # type: ignore[type-arg]  # is not generic when it runs
    permission = Permission.STAFF
    list_display = ("username", "display_name", "agency", "role", "is_active", "last_login")
    list_filter = ("role", "is_active")
    list_select_related = ("agency", "role")
    search_fields = ("username", "display_name", "agency__name_zh", "agency__name_en")
    filter_horizontal = ()
    actions = ("unlock", "take_second_factor")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (_("Work"), {"fields": ("display_name", "agency", "role")}),
        (_("Contact"), {"fields": ("first_name", "last_name", "email")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2")}),
        (_("Work"), {"fields": ("display_name", "agency", "role")}),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Else whoever makes accounts could set the password of the highest one and take its place.
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    @admin.action(description=_("Let in again after too many wrong passwords"), permissions=["change"])
    def unlock(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            reset(username=user.get_username())
            self._tell(request, "unlock", user)

    @admin.action(description=_("Take away a lost second factor"), permissions=["change"])
    def take_second_factor(self, request: HttpRequest, users: QuerySet[User]) -> None:
        for user in users:
            if self.has_change_permission(request, user):
                Authenticator.objects.filter(user=user).delete()
                self._tell(request, "take_second_factor", user)

    def _tell(self, request: HttpRequest, verb: str, user: User) -> None:
        assert isinstance(request.user, User)
        record(by=request.user, verb=verb, subject=user, agency_id=user.agency_id)
        self.message_user(request, f"{user}: {_('done')}")


class AgencyForm(forms.ModelForm):  # type: ignore[type-arg]  # is not generic when it runs
    def clean(self) -> dict[str, Any]:
        self.instance.parent = self.cleaned_data.get("parent")
        if is_loop(self.instance):
            self.add_error("parent", _("An agency can't stand below itself."))
        return self.cleaned_data


@admin.register(Agency)
class AgencyPage(Audited):
    permission = Permission.STAFF
    form = AgencyForm
    fields = ("code", "name_zh", "name_en", "parent", "is_active")
    list_display = ("name_zh", "name_en", "code", "parent", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("parent",)
    search_fields = ("code", "name_zh", "name_en")

    def save_model(self, request: HttpRequest, obj: Agency, form: Any, change: bool) -> None:
        save_agency(obj)


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]  # is not generic when it runs
    permissions = forms.MultipleChoiceField(
        label=_("what it allows"),
        choices=Permission.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@admin.register(Role)
class RolePage(Audited):
    permission = Permission.STAFF
    form = RoleForm
    fields = ("code", "name_zh", "name_en", "about_zh", "about_en", "permissions")
    list_display = ("name_zh", "name_en", "code", "about")


@admin.register(Token)
class TokenPage(Audited):
    """The desk and `bihuan token` make one and show it once; here it is seen who holds which, and ended."""

    permission = Permission.STAFF
    list_display = ("name", "user", "agency", "created_at", "expires_at", "revoked_at", "last_used_at")
    list_select_related = ("user", "agency")
    readonly_fields = (
        "user", "agency", "name", "scopes", "created_at", "expires_at", "revoked_at", "last_used_at",
    )  # fmt: skip
    exclude = ("digest", "window", "spent")
    actions = ("revoke",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("End these tokens"), permissions=["change"])
    def revoke(self, request: HttpRequest, tokens: QuerySet[Token]) -> None:
        assert isinstance(request.user, User)
        for token in tokens:
            take_back(by=request.user, token=token)
