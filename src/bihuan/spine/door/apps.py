"""The room's registration with Django."""

from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "bihuan.spine.door"
    label = "door"
