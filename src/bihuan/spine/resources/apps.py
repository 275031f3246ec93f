"""The room's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "bihuan.spine.resources"
    label = "resources"
    verbose_name = _("Resources")
