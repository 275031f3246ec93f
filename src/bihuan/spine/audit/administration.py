"""What every page of the administration does: ask for one permission, leave an Event for each save."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record

# The words of the forms. A field's name in a model is for us; nobody else should have to read it.
WORDS = {
    "name_zh": _("Chinese name"),
    "name_en": _("English name"),
    "code": _("code"),
    "aliases": _("also called"),
    "about_zh": _("description in Chinese"),
    "about_en": _("description in English"),
    "parent": _("stands below"),
    "is_active": _("in use"),
    "agency": _("agency"),
    "role": _("role"),
    "display_name": _("shown name"),
    "number": _("number"),
    "service": _("service"),
    "district": _("district"),
    "site": _("site"),
    "words": _("words"),
    "priority": _("priority"),
    "members": _("members"),
    "kind": _("kind"),
    "street": _("street"),
    "lon": _("longitude"),
    "lat": _("latitude"),
    "buildings": _("buildings"),
    "households": _("households"),
    "population": _("residents"),
    "is_protected": _("protected"),
    "is_synthetic": _("synthetic"),
    "group": _("group"),
    "icon": _("icon"),
    "urgency": _("class"),
    "questions": _("questions"),
    "needs": _("needs"),
    "keywords": _("keywords"),
    "danger_words": _("danger words"),
    "emergency_number": _("emergency number"),
    "is_anonymous": _("may be asked without a name"),
    "needs_proof": _("needs proof"),
    "confirm_within_h": _("hours to confirm"),
    "order": _("order"),
    "state": _("state"),
    "sites": _("sites"),
    "outline": _("outline (GeoJSON)"),
    "from_at": _("in force from"),
    "until_at": _("in force until"),
}


class Audited(admin.ModelAdmin):  # type: ignore[type-arg]  # is not generic when it runs
    """Rows may be added and changed by whoever has ``permission``. Nothing is deleted: it is switched off."""

    permission: ClassVar[Permission]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in WORDS:
            field.label = WORDS[db_field.name]
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._record(request, "added", obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._record(request, "changed", obj, message)
        return super().log_change(request, obj, message)

    def _may(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.may(self.permission)

    def _record(self, request: HttpRequest, verb: str, obj: Model, message: Any) -> None:
        assert isinstance(request.user, User)
        # Which fields, never what was in them: a value may be personal, and the audit is for ever.
        record(by=request.user, verb=verb, subject=obj, detail={"fields": _fields(message)})


def _fields(message: Any) -> list[str]:
    parts = message if isinstance(message, list) else []
    return [str(name) for part in parts for change in part.values() for name in change.get("fields", [])]
