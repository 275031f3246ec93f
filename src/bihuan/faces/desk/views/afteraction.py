"""Looking back: the timeline of a period, counted reports of it, and a Case as it stood at an instant."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from bihuan.faces.desk import periods
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.afteraction import reports
from bihuan.spine.cases.afteraction.chart import chart
from bihuan.spine.cases.afteraction.columns import spelled
from bihuan.spine.cases.afteraction.folding import state_at
from bihuan.spine.cases.afteraction.kinds import Kind, kind_of
from bihuan.spine.cases.afteraction.picture import Picture
from bihuan.spine.cases.afteraction.printing import print_report
from bihuan.spine.cases.afteraction.rights import may_look_back
from bihuan.spine.cases.afteraction.sheet import csv_lines
from bihuan.spine.cases.afteraction.timeline import Cursor, Window, named, page
from bihuan.spine.cases.afteraction.words import Names, line, what
from bihuan.spine.cases.models import Report
from bihuan.spine.cases.queries import access_case

P = ParamSpec("P")
Page = Callable[Concatenate[StaffRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
MOST_ROWS = 12


def looking_back(view: Page[P]) -> View[P]:
    """Let in who may look back."""

    @wraps(view)
    def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_look_back(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return staff()(guarded)


@looking_back
def afteraction(request: StaffRequest) -> HttpResponse:
    """Show a page of a timeline, with the picture of its period above the first."""
    names, refusal = Names.load(), ""
    try:
        window = periods.read(request.GET)
    except Refused as refused:
        window, refusal = periods.read(QueryDict()), str(refused.message)
    after = Cursor.parse(request.GET.get("after", ""))
    found = page(window, after)
    picture = reports.count_at_once(window) if after is None else None
    context = {
        "window": window,
        "refusal": refusal,
        "fields": {"from": periods.in_form(window.from_at), "until": periods.in_form(window.until_at)},
        "options": periods.options(window, names),
        "spans": periods.spans(window),
        "query": periods.address(window),
        "after": after,
        "rows": [(line(event, names), kind_of(event)) for event in found.events],
        "next": periods.address(window, after=str(found.next)) if found.next else "",
        "looked_until": found.next.at if found.is_cut and found.next else None,
        "reports": reports.list_reports() if after is None else [],
        "only_decisions": periods.address(replace(window, kinds=(Kind.COMMAND,))),
        **_picture(picture, names),
    }
    return render(request, "desk/afteraction.html", context)


def _picture(picture: Picture | None, names: Names) -> dict[str, object]:
    """Return what the figures, the chart and the lists of a counted period show."""
    if picture is None:
        return {"picture": None}
    late = sorted(picture.late_agencies.items(), key=lambda pair: -pair[1])[:MOST_ROWS]
    outbox = sorted(picture.messages.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_ROWS]
    return {
        "picture": picture,
        "chart": chart(picture),
        "late": [(names.agencies.get(int(number), ""), count) for number, count in late],
        "outbox": [_message(name, count) for name, count in outbox],
        "decisions": [line(event, names) for event in named(picture.decisions[:MOST_ROWS])],
    }


def _message(name: str, count: int) -> tuple[str, str, str, int]:
    way, end, about = name.split(" ", 2)
    return way, end, what(about), count


@looking_back
def afteraction_csv(request: StaffRequest) -> HttpResponseBase:
    """Send the whole timeline, line by line."""
    window = periods.read(request.GET)
    _taken(request, window)
    lines = csv_lines(window, get_language() or "")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _as_file(response, window, "csv")


def _taken(request: StaffRequest, window: Window) -> None:
    detail = {"as": "csv", "from": window.from_at.isoformat(), "until": window.until_at.isoformat()}
    record(by=request.user, verb="export", subject=("timeline", None), detail=detail)


def _as_file(response: HttpResponseBase, window: Window, kind: str) -> HttpResponseBase:
    span = f"{localtime(window.from_at):%Y%m%d-%H%M}-{localtime(window.until_at):%Y%m%d-%H%M}"
    response["Content-Disposition"] = f'attachment; filename="after-action-{span}.{kind}"'
    return response


@require_POST
@looking_back
def afteraction_ask(request: StaffRequest) -> HttpResponse:
    """Ask for a report; the worker counts it."""
    report = reports.ask(window=periods.read(request.POST), by=request.user)
    return redirect("desk:afteraction_report", report.pk)


@looking_back
def afteraction_report(request: StaffRequest, report_id: int) -> HttpResponse:
    """Show how far a report is, and what it counted."""
    report = get_object_or_404(Report.objects.select_related("asked_by"), pk=report_id)
    picture = Picture(**report.picture) if report.done_at else None
    context = {
        "report": report,
        "window": reports.window_of(report),
        "query": periods.address(reports.window_of(report)),
        "only_decisions": periods.address(replace(reports.window_of(report), kinds=(Kind.COMMAND,))),
        **_picture(picture, Names.load()),
    }
    return render(request, "desk/afteraction_report.html", context)


@looking_back
def afteraction_pdf(request: StaffRequest, report_id: int) -> HttpResponseBase:
    """Send a counted report as paper."""
    report = get_object_or_404(Report, pk=report_id, done_at__isnull=False)
    record(by=request.user, verb="export", subject=report, detail={"as": "pdf"})
    response = HttpResponse(print_report(report), content_type="application/pdf")
    return _as_file(response, reports.window_of(report), "pdf")


@looking_back
def afteraction_case(request: StaffRequest, case_id: int) -> HttpResponse:
    """Show a Case as it stood at an instant, rebuilt from its Events."""
    case = access_case(request.user, case_id)
    at = periods.read_instant(request.GET.get("at", ""), clock.now())
    folded = state_at(case.pk, at)
    context = {
        "case": case,
        "at": at,
        "field": periods.in_form(at),
        "columns": spelled(folded, Names.load()) if folded else [],
    }
    return render(request, "desk/afteraction_case.html", context)
