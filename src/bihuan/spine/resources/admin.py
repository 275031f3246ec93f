"""Teams in the administration."""

from django.contrib import admin

from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.administration import Audited
from bihuan.spine.resources.models import Team


@admin.register(Team)
class TeamPage(Audited):
    permission = Permission.STAFF
    fields = ("name_zh", "name_en", "agency", "members", "is_active")
    list_display = ("name_zh", "name_en", "agency", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("agency",)
    search_fields = ("name_zh", "name_en")
