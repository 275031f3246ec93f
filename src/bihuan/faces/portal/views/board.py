"""The public board: figures of the whole city, nothing of any person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bihuan.faces.portal.charts import FOOT, HEIGHT, WIDTH, hours_of, lines_of
from bihuan.spine.cases.promises.spans import in_words
from bihuan.spine.cases.queries import count_public


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    figures = count_public()
    if not figures:
        return render(request, "portal/board.html")
    context = {
        "figures": figures,
        "accept": _span(figures["accept_min"]),
        "resolve": _span(figures["resolve_min"]),
        "hours": hours_of(figures["by_hour"]),
        "services": lines_of(figures["by_service"]),
        "districts": lines_of(figures["by_district"]),
        "width": WIDTH,
        "height": HEIGHT,
        "tall": HEIGHT + FOOT,
    }
    return render(request, "portal/board.html", context)


def _span(minutes: float | None) -> str:
    return "—" if minutes is None else in_words(max(1, round(minutes)))
