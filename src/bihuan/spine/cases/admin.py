"""Services in the administration. Rules are edited at the desk, where a change is tried before it counts."""

from django.contrib import admin

from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.administration import Audited
from bihuan.spine.cases.models import Fallback, Service


@admin.register(Service)
class ServicePage(Audited):
    permission = Permission.RULES
    list_display = ("name_zh", "name_en", "code", "group", "agency", "priority", "is_active")
    list_filter = ("group", "is_active")
    list_select_related = ("agency",)
    search_fields = ("code", "name_zh", "name_en")


@admin.register(Fallback)
class FallbackPage(Audited):
    permission = Permission.RULES
    list_display = ("district", "agency")
    list_select_related = ("district", "agency")
