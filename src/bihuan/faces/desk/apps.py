"""The face's registration with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "bihuan.faces.desk"
    label = "desk"
