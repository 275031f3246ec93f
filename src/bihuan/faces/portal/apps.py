"""The face's registration with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "bihuan.faces.portal"
    label = "portal"
