"""The face's registration with Django."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    name = "bihuan.faces.field"
    label = "field"
