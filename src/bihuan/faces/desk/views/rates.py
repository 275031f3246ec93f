"""The rates, and the Cases behind any figure."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.timezone import localtime

from bihuan.faces.desk import ratesheet, ratesview
from bihuan.faces.desk.duty import VIEWERS
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import read_number
from bihuan.faces.desk.ratesview import BY, Wanted, WantedForm
from bihuan.faces.desk.views.queue import acceptable
from bihuan.faces.desk.wording import figure_words
from bihuan.kernel import clock
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.closing import rates as counted
from bihuan.spine.cases.closing.behind import Behind, count_behind, list_behind
from bihuan.spine.cases.closing.measures import RATES, SMALL

PAGE = 50


@staff(Permission.BOARD)
def rates(request: StaffRequest) -> HttpResponse:
    """Show the rates of some weeks by one dimension."""
    wanted = Wanted.parse(request.GET.dict())
    found = counted.table(request.user, wanted.scope, wanted.by)
    behind = wanted.behind(found.counted_at)
    chart = ratesview.chart_of(found.weeks)
    context: dict[str, Any] = {
        "wanted": wanted,
        "form": WantedForm(request.user, wanted),
        "heading": BY[wanted.by],
        "rates": RATES,
        "rows": ratesview.rows_of(found.lines, behind, wanted.by),
        "weeks": ratesview.rows_of(found.weeks, behind, "week"),
        "total": ratesview.total_of(found.total, behind),
        "excluded": ratesview.excluded_of(found, behind),
        "chart": chart,
        "data": {chart.name: chart.data},
        "counted_at": found.counted_at,
        "weights": settings.BIHUAN_RATE_WEIGHTS,
        "small": SMALL,
        "query": urlencode({name: value for name, value in wanted.values.items() if value}),
        "may_export": request.user.may(Permission.EXPORT),
    }
    return render(request, "desk/rates.html", context)


@staff(Permission.EXPORT)
def rates_export(request: StaffRequest, kind: str) -> HttpResponseBase:
    """Send the tables as CSV or XLSX; that they were taken away is written down."""
    if kind not in ratesheet.KINDS:
        raise Http404
    wanted = Wanted.parse(request.GET.dict())
    record(
        by=request.user, verb="export", subject=("rates", None), detail={"as": kind, "wanted": wanted.values}
    )
    response = ratesheet.KINDS[kind](counted.table(request.user, wanted.scope, wanted.by), wanted)
    name = f"rates-{localtime(clock.now()):%Y%m%d-%H%M}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@staff(*VIEWERS)
def figure(request: StaffRequest) -> HttpResponse:
    """List the Cases behind a figure; with ``after``, asked by htmx, only the next rows."""
    behind = Behind.parse(request.GET.dict())
    after = read_number(request.GET.get("after", "")) or 0
    cases, more = list_behind(request.user, behind, after, PAGE)
    context = {
        "cases": cases,
        "acceptable": acceptable(request.user, cases),
        "more": f"{behind.to_query()}&{urlencode({'after': more})}" if more else "",
    }
    if request.htmx and after:
        return render(request, "desk/_rows.html", context)
    codes = [
        code
        for code in (behind.agency, behind.district, behind.service, behind.channel, behind.status)
        if code
    ]
    frame = {
        "codes": codes,
        "words": figure_words(behind),
        "number": count_behind(request.user, behind),
        "behind": behind,
        "now": clock.now(),
        "speed": clock.speed(),
    }
    return render(request, "desk/figure.html", context | frame)
