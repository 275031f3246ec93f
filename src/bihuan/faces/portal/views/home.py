"""The front page: what this is, and everything that can be asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.faces.portal import queries
from bihuan.faces.portal.groups import shelves
from bihuan.spine.cases.banners.queries import list_live
from bihuan.spine.cases.surge import shedding


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")[:80]
    found = queries.search_services(typed)
    context = {
        "typed": typed.strip(),
        "found": found,
        "shelves": shelves(found),
        "known": list_live(),
        "shed": shedding.live(),
    }
    if request.headers.get("HX-Request") == "true":
        return render(request, "portal/_services.html", context)
    return render(request, "portal/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/about.html")
