"""Promises for programs: the service levels, the calendars, and how the clocks of a Case stand."""

from datetime import datetime
from typing import Any

from django.http import Http404
from ninja import Query, Router, Schema

from bihuan.faces.api.cases import access
from bihuan.faces.api.pages import Paged, Turned
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel import clock
from bihuan.spine.cases.models import Agreement, Calendar, Level
from bihuan.spine.cases.promises import calendars, levels
from bihuan.spine.cases.promises.clocks import Run, runs_of
from bihuan.spine.cases.queries.paging import page

router = Router(tags=["promises"])
LARGEST = 2**31 - 1


class ClockOut(Schema):
    """One promise: ``state`` is waiting, running, paused, kept, missed or none; ``percent`` of its time is used."""

    promise: str
    state: str
    minutes: int
    calendar: str
    begins_at: datetime | None
    due_at: datetime | None
    done_at: datetime | None
    percent: float


class ClocksOut(Schema):
    """The promises of a Case, and the version of the service levels that they come from."""

    version: int | None
    zone_state: str
    next_rung_at: datetime | None
    items: list[ClockOut]


class LevelOut(Schema):
    """One line; empty conditions fit everything. The first line that fits decides."""

    id: int
    order: int
    service: str
    urgency: str
    priority: str
    zone_state: str
    from_min: int | None
    until_min: int | None
    calendar: str
    dispatch_min: int
    accept_min: int
    reply_min: int
    resolve_min: int


class LevelsOut(Schema):
    version: int
    status: str
    in_force_from: datetime | None
    in_force_until: datetime | None
    items: list[LevelOut]


class CalendarOut(Schema):
    code: str
    name: str
    kind: str
    hours: dict[str, Any]
    follows_holidays: bool
    exceptions: dict[str, Any]
    changed_at: datetime | None


class CalendarsOut(Paged):
    items: list[CalendarOut]


@router.get(
    "/cases/{int:case_id}/clocks", response=ClocksOut, summary="How the four promises of a Case stand"
)
def show_clocks(request: StaffRequest, case_id: int) -> dict[str, Any]:
    case, now = access(request, case_id), clock.now()
    return {
        "version": case.level.agreement.number if case.level else None,
        "zone_state": case.zone_state,
        "next_rung_at": case.next_rung_at,
        "items": [_clock(run, now) for run in runs_of(case, now)],
    }


@router.get("/levels", response=LevelsOut, summary="The service levels in force, or of one version")
def show_levels(request: StaffRequest, version: int = 0) -> dict[str, Any]:
    agreement = (
        Agreement.objects.filter(number=max(0, min(version, LARGEST))).first()
        if version
        else levels.in_force()
    )
    if agreement is None:
        raise Http404
    return levels_said(agreement)


def levels_said(agreement: Agreement) -> dict[str, Any]:
    """Return a version of the service levels with its lines in their order."""
    return {
        "version": agreement.number,
        "status": agreement.status,
        "in_force_from": agreement.in_force_from,
        "in_force_until": agreement.in_force_until,
        "items": [_level(line) for line in levels.lines_of(agreement)],
    }


@router.get("/calendars", response=CalendarsOut, summary="Which minutes count")
def list_calendars(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    calendars.ensure()
    rows, following = page(Calendar.objects.all(), turned.cursor, turned.limit, "code")
    return {"items": rows, "next": following}


def _clock(run: Run, now: datetime) -> dict[str, Any]:
    plain = ("promise", "state", "minutes", "begins_at", "due_at", "done_at")
    return {name: getattr(run, name) for name in plain} | {
        "calendar": run.calendar.code,
        "percent": round(run.percent(now), 1),
    }


def _level(line: Level) -> dict[str, Any]:
    plain = (*levels.MINUTES, "id", "order", "urgency", "priority", "zone_state", "from_min", "until_min")
    return {name: getattr(line, name) for name in plain} | {
        "service": line.service.code if line.service else "",
        "calendar": line.calendar.code,
    }
