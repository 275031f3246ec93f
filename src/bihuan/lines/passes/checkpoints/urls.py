"""Addresses of the guard's page and of what its device asks for; below ``field/``."""

from django.urls import path

from bihuan.lines.passes.checkpoints import views

app_name = "checkpoint"
urlpatterns = [
    path("", views.page, name="page"),
    path("enrol", views.enrol, name="enrol"),
    path("sync", views.sync, name="sync"),
]
