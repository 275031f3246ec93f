"""Addresses of the care list."""

from django.urls import path

from bihuan.lines.protection import supervising, views

app_name = "protection"
urlpatterns = [
    path("", views.today, name="today"),
    path("people/", views.people, name="people"),
    path("people/add/", views.add, name="add"),
    path("sites/", views.sites, name="sites"),
    path("people/import/", supervising.take_file, name="import"),
    path("people/import/template.csv", supervising.template, name="template"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/check/", views.check, name="check"),
    path("people/<int:person_id>/need/", views.need, name="need"),
    path("people/<int:person_id>/change/", views.change, name="change"),
    path("people/<int:person_id>/leave/", views.leave, name="leave"),
    path("people/<int:person_id>/supply/", views.supply, name="supply"),
    path("people/<int:person_id>/supply/<int:supply_id>/", views.supply, name="count"),
    path("people/<int:person_id>/private/<slug:field>/", views.reveal, name="reveal"),
    path("coverage/", supervising.coverage, name="coverage"),
    path("coverage/export.csv", supervising.export, name="export"),
    path("round/", supervising.carry, name="round"),
]
