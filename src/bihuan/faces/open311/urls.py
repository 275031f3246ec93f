"""Addresses of the face; what is none of them is answered in XML, too."""

from django.urls import path, re_path, register_converter

from bihuan.faces.open311 import views


class Form:
    """The form of the answer, as an address ends."""

    regex = "xml|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Form, "open311_form")

app_name = "open311"
urlpatterns = [
    path("discovery", views.discovery, name="discovery_plain"),
    path("discovery.<open311_form:form>", views.discovery, name="discovery"),
    path("v2/discovery.<open311_form:form>", views.discovery, name="discovery_v2"),
    path("v2/services.<open311_form:form>", views.services, name="services"),
    path("v2/services/<str:code>.<open311_form:form>", views.definition, name="definition"),
    path("v2/requests.<open311_form:form>", views.requests, name="requests"),
    path("v2/requests/<str:number>.<open311_form:form>", views.request_one, name="request"),
    path("v2/tokens/<str:token>.<open311_form:form>", views.token, name="token"),
    path("v2/servicerequestupdates.<open311_form:form>", views.updates, name="updates"),
    re_path(r"^(?P<path>.*)$", views.nothing, name="nothing"),
]
