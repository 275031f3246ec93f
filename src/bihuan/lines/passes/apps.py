"""The line's registration with Django and with the spine."""

from django.apps import AppConfig


class PassesConfig(AppConfig):
    name = "bihuan.lines.passes"
    label = "passes"
