"""Addresses of the supervisor's page for checkpoints; below ``passes/checkpoints/``."""

from django.urls import path

from bihuan.lines.passes.checkpoints import supervising

app_name = "checkpoints"
urlpatterns = [
    path("", supervising.board, name="board"),
    path("invite/", supervising.invite, name="invite"),
    path("devices/<int:device_id>/block/", supervising.block, name="block"),
    path("alarms/<int:alarm_id>/close/", supervising.close, name="close"),
]
