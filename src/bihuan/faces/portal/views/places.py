"""Where it is: suggestions as the name is typed, and the layers of the map."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from bihuan.faces.portal import layers, queries


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """List the places that fit what is typed, as options of the list under the field."""
    found = queries.list_sites(request.GET.get("q", "")[:60], request.GET.get("district", "")[:12])
    return render(request, "portal/_places.html", {"sites": found})


@require_safe
@gzip_page
@cache_control(public=True, max_age=600)
def layer(request: HttpRequest, name: str) -> HttpResponse:
    found = layers.layer(name)
    if found is None:
        raise Http404
    body, etag = found
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": etag})
    return HttpResponse(body, content_type="application/geo+json", headers={"ETag": etag})
