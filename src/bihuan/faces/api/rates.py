"""The rates for programs: for staff with a list behind each figure, for everybody without small numbers."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from bihuan.faces.api.shapes import Brief, brief
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.named import in_language
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.closing import rates as counted
from bihuan.spine.cases.closing import weeks
from bihuan.spine.cases.closing.behind import Behind, count_behind, list_behind
from bihuan.spine.cases.closing.publishing import told_week, told_weeks
from bihuan.spine.cases.closing.rates import DIMENSIONS, SHOWN_WEEKS, Line, Scope

router = Router(tags=["rates"])
LONGEST_PAGE = 200


class ShareOut(Schema):
    """So many of so many; ``value`` is null of none. ``is_small``: of too few to say much."""

    part: int
    whole: int
    value: float | None
    is_small: bool


class RateLineOut(Schema):
    code: str
    name: str
    rank: int | None
    score: float | None
    counts: dict[str, int]
    shares: dict[str, ShareOut]


class RatesOut(Schema):
    """What was counted of some weeks, by one dimension; ``excluded`` is by the code of the rule."""

    since: str
    until: str
    counted_at: datetime | None
    total: RateLineOut
    lines: list[RateLineOut]
    weeks: list[RateLineOut]
    excluded: dict[str, int]


class WantedRates(Schema):
    """Weeks as ``2026-W48``, both included; ``by`` agency, district or service; codes narrow, ``-`` is none."""

    by: str = "agency"
    since: str = ""
    until: str = ""
    agency: str = ""
    district: str = ""
    service: str = ""


class WantedFigure(Schema):
    """A figure and what narrows it: see docs/rates.md."""

    figure: str = ""
    since: str = ""
    until: str = ""
    agency: str = ""
    district: str = ""
    service: str = ""
    channel: str = ""
    status: str = ""
    hour: str = ""
    at: str = ""
    after: int = 0
    limit: int = Field(100, ge=1, le=LONGEST_PAGE)


class FigureOut(Schema):
    """The Cases behind a figure, newest first; ``count`` is the figure, ``next`` is what ``after`` takes."""

    count: int
    items: list[Brief]
    next: int | None


class PublicOut(Schema):
    """The weeks that are told; of one week everything that everybody may know."""

    weeks: list[str]
    week: dict[str, Any] | None


@router.get("", response=RatesOut, summary="The three rates and what surrounds them, by week")
def show_rates(request: StaffRequest, wanted: Query[WantedRates]) -> dict[str, Any]:
    _need(request, Permission.BOARD)
    scope = _scope(wanted)
    found = counted.table(request.auth, scope, wanted.by)
    return {
        "since": weeks.name_of(scope.since),
        "until": weeks.name_of(scope.until),
        "counted_at": found.counted_at,
        "total": _line(found.total),
        "lines": [_line(line) for line in found.lines],
        "weeks": [_line(line) for line in found.weeks],
        "excluded": found.excluded,
    }


def _need(request: StaffRequest, *permissions: Permission) -> None:
    if not any(map(request.auth.may, permissions)):
        needed = ", ".join(str(permission.label) for permission in permissions)
        raise Forbidden(_("Your role does not include: %(permission)s.") % {"permission": needed})


def _scope(wanted: WantedRates) -> Scope:
    if wanted.by not in DIMENSIONS:
        raise Refused(_("There is no such entry."), code="by", field="by")
    last = weeks.parse(wanted.until) if wanted.until else weeks.monday_of(clock.now())
    if last is None:
        raise Refused(_("Weeks are written like 2026-W48."), code="week", field="until")
    first = weeks.parse(wanted.since) if wanted.since else last - (SHOWN_WEEKS - 1) * weeks.WEEK
    if first is None:
        raise Refused(_("Weeks are written like 2026-W48."), code="week", field="since")
    return Scope(first, last, wanted.agency, wanted.district, wanted.service)


def _line(line: Line) -> dict[str, Any]:
    shares = {
        code: {"part": one.part, "whole": one.whole, "value": one.value, "is_small": one.is_small}
        for code, one in line.shares.items()
    }
    plain = {"code": line.code, "rank": line.rank, "score": line.score, "counts": line.counts}
    return {**plain, "name": in_language(line.zh, line.en), "shares": shares}


@router.get("/cases", response=FigureOut, summary="The Cases behind a figure")
def list_figure(request: StaffRequest, wanted: Query[WantedFigure]) -> dict[str, Any]:
    _need(request, Permission.VIEW_ALL, Permission.VIEW_OWN)
    behind = Behind.parse(wanted.dict(exclude={"after", "limit"}))
    cases, more = list_behind(request.auth, behind, wanted.after, wanted.limit)
    items = [brief(case) for case in cases]
    return {"count": count_behind(request.auth, behind), "items": items, "next": more or None}


@router.get("/public", response=PublicOut, auth=None, summary="The same for everybody, without small numbers")
def public_rates(request: HttpRequest, week: str = "") -> dict[str, Any]:
    names = told_weeks()
    if week and week not in names:
        raise Http404
    return {"weeks": names, "week": told_week(week) if week else None}
