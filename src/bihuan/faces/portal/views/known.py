"""What is announced about a service where the asker is: shown before anything is sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.faces.portal.placing import find_place
from bihuan.faces.portal.queries import access_service
from bihuan.kernel.errors import Refused
from bihuan.spine.cases.banners import SOMETHING_ELSE
from bihuan.spine.cases.banners.area import Spot
from bihuan.spine.cases.banners.queries import list_known
from bihuan.spine.places.queries import atlas

NAME_LIMIT = 120


@require_safe
def known(request: HttpRequest, service: str) -> HttpResponse:
    """Send the banners that fit the place said so far; without a place, all of the service."""
    wanted = access_service(service)
    spot = _spot(request)
    context = {
        "known": list_known(wanted, spot),
        "is_here": spot is not None,
        "is_other": bool(request.GET.get(SOMETHING_ELSE)),
    }
    return render(request, "portal/_known.html", context)


def _spot(request: HttpRequest) -> Spot | None:
    said = request.GET
    try:
        name, district = said.get("site", "")[:NAME_LIMIT], said.get("district", "")
        place = find_place(name, district, "", _number(said.get("lon")), _number(said.get("lat")))
    except Refused:
        return None
    found = atlas().locate(place.lon, place.lat, place.site)
    return None if found.lon is None else Spot(found.lon, found.lat, found.site_id)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
