"""Addresses of the links to agencies' servers."""

from django.urls import path

from bihuan.lines.abroad import views

app_name = "abroad"
urlpatterns = [
    path("", views.links, name="links"),
    path("<int:link_id>/", views.link, name="link"),
    path("<int:link_id>/code/", views.put_code, name="code"),
    path("<int:link_id>/do/<slug:deed>/", views.do, name="do"),
    path("<int:link_id>/unclear/<int:handing_id>/", views.decide, name="decide"),
]
