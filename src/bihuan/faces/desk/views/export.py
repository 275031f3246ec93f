"""The queue taken away as CSV or XLSX; that it was is written down."""

from collections.abc import Callable
from functools import partial

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.timezone import localtime

from bihuan.faces.desk import export as lists
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.queries import QueueFilter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff(Permission.EXPORT)
def export(request: StaffRequest, kind: str) -> HttpResponseBase:
    """Send the list that the filters describe."""
    if kind not in _KINDS:
        raise Http404
    filters = QueueFilter.parse(request.GET)
    record(
        by=request.user,
        verb="export",
        subject=("queue", None),
        detail={"as": kind, "filters": _codes(filters)},
    )
    response = _KINDS[kind](request.user, filters)
    name = f"cases-{localtime(clock.now()):%Y%m%d-%H%M}.{_ENDINGS.get(kind, kind)}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _codes(filters: QueueFilter) -> dict[str, object]:
    """Return what narrows the list, without what was typed freely: the audit holds codes only."""
    return {name: value for name, value in vars(filters).items() if value and name != "text"}


def _csv(user: User, filters: QueueFilter, *, has_tags: bool = False) -> HttpResponseBase:
    lines = lists.csv_lines(user, filters, has_tags=has_tags)
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


def _xlsx(user: User, filters: QueueFilter) -> HttpResponseBase:
    return FileResponse(lists.xlsx_file(user, filters), content_type=XLSX)


_KINDS: dict[str, Callable[[User, QueueFilter], HttpResponseBase]] = {
    "csv": _csv,
    "hxl": partial(_csv, has_tags=True),
    "xlsx": _xlsx,
}
_ENDINGS = {"hxl": "hxl.csv"}
