"""The face's registration with Django."""

from django.apps import AppConfig


class Open311Config(AppConfig):
    name = "bihuan.faces.open311"
    label = "open311"
