"""The face's registration with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "bihuan.faces.api"
    label = "api"
