"""The worker that keeps the portal going without a network, its page, and the manifest."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from bihuan.faces.portal.offline import shell_urls, version


@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker at the root, so that its scope is the whole portal."""
    context = {"version": version(), "files": [*shell_urls()]}
    return render(request, "portal/sw.js", context, content_type="text/javascript; charset=utf-8")


@require_safe
def away(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/away.html")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icon = {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    named = {"name": _("Bihuan"), "short_name": _("Bihuan"), "start_url": "/", "scope": "/"}
    look = {"display": "standalone", "background_color": "#f6f4ee", "theme_color": "#0a6457"}
    return JsonResponse(named | look | {"icons": [icon]}, content_type="application/manifest+json")
