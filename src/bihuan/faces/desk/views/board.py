"""The commander's board."""

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.faces.desk import boardview
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries


@staff(Permission.BOARD)
def board(request: StaffRequest) -> HttpResponse:
    """Show the figures as the worker counted them; to htmx only the figures, the charts redraw themselves."""
    figures = queries.count_board()
    counted_at = figures.get("counted_at")
    links = boardview.links_of(request.user, counted_at) if counted_at else boardview.NO_LINKS
    charts = boardview.charts(figures, links)
    context = {
        "counted_at": counted_at,
        "is_stale": counted_at is not None and boardview.is_old(counted_at),
        "tiles": boardview.tiles(figures, links),
        "charts": charts,
        "data": {chart.name: chart.data for chart in charts},
        "oob": bool(request.htmx),
    }
    return render(request, "desk/_board_figures.html" if request.htmx else "desk/board.html", context)
