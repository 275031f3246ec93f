"""The room's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "bihuan.spine.places"
    label = "places"
    verbose_name = _("Places")
