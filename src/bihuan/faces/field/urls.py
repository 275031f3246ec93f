"""Addresses of the shell for people who go; the lines' pages lie below it, from the registry."""

from django.urls import path

from bihuan.faces.field import views

app_name = "field"
urlpatterns = [
    path("", views.home, name="home"),
    path("offline/", views.away, name="away"),
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
