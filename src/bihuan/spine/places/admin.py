"""Sites and zones in the administration. Districts come with the city's file."""

from django.contrib import admin

from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.administration import Audited
from bihuan.spine.places.models import Site, Zone


@admin.register(Site)
class SitePage(Audited):
    permission = Permission.RULES
    list_display = ("name_zh", "name_en", "code", "kind", "district", "is_protected")
    list_filter = ("kind", "district", "is_protected")
    list_select_related = ("district",)
    search_fields = ("code", "name_zh", "name_en")


@admin.register(Zone)
class ZonePage(Audited):
    permission = Permission.RULES
    list_display = ("name_zh", "name_en", "code", "state", "from_at", "until_at")
    list_filter = ("state",)
    raw_id_fields = ("sites",)
    search_fields = ("code", "name_zh", "name_en")
