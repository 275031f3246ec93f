"""The city map and the list beside it."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from bihuan.faces.desk import citymap, wording
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.states import OPEN, Status

LEGEND = ("waiting", "hand", "hold", "done", "late")


@staff(Permission.BOARD)
def city_map(request: StaffRequest) -> HttpResponse:
    """Show the map with its legend; the list is there without scripts too."""
    context = {
        "view": citymap.View([], citymap.counts()),
        "statuses": [(status.value, status.label) for status in Status if status in OPEN],
        "legend": [(shape, wording.SHAPES[shape]) for shape in LEGEND],
        "map_words": wording.map_words(),
    }
    return render(request, "desk/map.html", context)


def _view(request: StaffRequest) -> citymap.View:
    return citymap.in_view(request.user, citymap.Look.parse(request.GET.dict()))


@staff(Permission.BOARD)
def points(request: StaffRequest) -> JsonResponse:
    """Give what is in the view, as GeoJSON."""
    return JsonResponse(citymap.geojson(_view(request)), content_type="application/geo+json")


@staff(Permission.BOARD)
def point_list(request: StaffRequest) -> HttpResponse:
    """Give the same as a list, for whoever does not use the map."""
    view = _view(request)
    context = {"view": view, "marks": citymap.marks(view.cases)}
    return render(request, "desk/_map_list.html", context)
