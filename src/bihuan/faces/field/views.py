"""The shell: its front page, what it says without a network, the worker that keeps it, and the manifest."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bihuan.faces.field import offline
from bihuan.spine.cases.registry import registry


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "field/home.html", {"pages": registry.field_pages.values()})


@require_safe
def away(request: HttpRequest) -> HttpResponse:
    return render(request, "field/away.html")


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    context = {"version": offline.version(), "files": offline.file_urls(), "pages": offline.kept_pages()}
    return render(request, "field/sw.js", context, content_type="text/javascript; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icon = {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    home = reverse("field:home")
    named = {
        "name": _("Bihuan: on the road"),
        "short_name": _("On the road"),
        "start_url": home,
        "scope": home,
    }
    look = {"display": "standalone", "background_color": "#f6f4ee", "theme_color": "#0a6457"}
    return JsonResponse(named | look | {"icons": [icon]}, content_type="application/manifest+json")
