"""Which face answers which address; a line's own pages come from the registry."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from bihuan.config.health import healthz
from bihuan.spine.cases.registry import registry

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("staff/", include("bihuan.config.accounts")),
    path("admin/", admin.site.urls),
    path("desk/", include("bihuan.faces.desk.urls")),
    path("api/v1/", include("bihuan.faces.api.urls")),
    path("open311/", include("bihuan.faces.open311.urls")),
    *(path(prefix, include(module)) for prefix, module in registry.urls.items()),
    path("field/", include("bihuan.faces.field.urls")),
    path("", include("bihuan.faces.portal.urls")),
]
