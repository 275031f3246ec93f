"""The room's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "bihuan.spine.audit"
    label = "audit"
    verbose_name = _("Audit")
