"""What an administrator or a supervisor keeps: the ladder, calendars, the order of levels, canned answers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from bihuan.faces.api.deeds import Said, found
from bihuan.faces.api.levels import LARGEST, draft_of, line_of
from bihuan.faces.api.pages import Turned
from bihuan.faces.api.promises import CalendarOut, LevelsOut, levels_said
from bihuan.faces.api.promises import router as calendars
from bihuan.faces.api.signing import StaffRequest
from bihuan.faces.api.sorting import may
from bihuan.faces.api.surge import CannedOut, CannedsOut, canned_said
from bihuan.faces.api.surge import router as answers
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.permissions import Permission as P  # noqa: N817 - a table is read by its columns
from bihuan.spine.cases.ladder import rungs
from bihuan.spine.cases.models import Calendar, CalendarKind, Service
from bihuan.spine.cases.promises import agreeing, calendaring, preview
from bihuan.spine.cases.queries.paging import page
from bihuan.spine.cases.surge import canned

# What is written at an address that is read elsewhere stands on the router of its reading: Django takes the first.
router = Router(tags=["keeping"])


class RungSaid(Said):
    """``whom``: ``owner``, ``duty``, ``supervisor`` or ``joint``, told at ``percent`` of a promise's time."""

    percent: int
    whom: str


class LadderSaid(Said):
    rungs: list[RungSaid]


class CalendarIn(Said):
    """Hours as the calendar's kind has them; see docs/promises.md. ``seen``: its ``changed_at`` as you read it."""

    name_zh: str = Field(max_length=100)
    name_en: str = Field("", max_length=100)
    kind: str
    hours: dict[str, Any] = Field(default_factory=dict)
    follows_holidays: bool = False
    exceptions: dict[str, Any] = Field(default_factory=dict)


class NewCalendar(CalendarIn):
    code: str = Field(pattern=r"^[a-z0-9_-]{1,40}$")


class ChangedCalendar(CalendarIn):
    seen: datetime | None = None


class Way(Said):
    is_up: bool


class TallyOut(Schema):
    cases: int
    more_time: int
    less_time: int
    newly_late: int
    no_longer_late: int


class PreviewOut(Schema):
    """What a draft would do to the open Cases; ``is_all``: all of them were counted."""

    total: TallyOut
    late: list[int]
    is_all: bool


class CannedIn(Said):
    """Codes of service and agency, empty for all; see docs for the placeholders."""

    title: str
    text_zh: str
    text_en: str = ""
    service: str = ""
    agency: str = ""
    is_active: bool = True


@router.get("/ladder", response=LadderSaid, summary="At which share of a promise whom to tell")
def show_ladder(request: StaffRequest) -> dict[str, Any]:
    may(request, P.RULES)
    return {"rungs": [{"percent": rung.percent, "whom": rung.whom} for rung in rungs.active()]}


@router.put("/ladder", response=LadderSaid, summary="Write the ladder anew")
def write_ladder(request: StaffRequest, said: LadderSaid) -> dict[str, Any]:
    rungs.set_rungs(rungs=[(rung.percent, rung.whom) for rung in said.rungs], by=request.auth)
    return show_ladder(request)


@calendars.post("/calendars", response={201: CalendarOut}, summary="Write a new calendar")
def add_calendar(request: StaffRequest, said: NewCalendar) -> Status[Calendar]:
    wanted = _wanted(request, said)
    return Status(201, calendaring.add_calendar(code=said.code, wanted=wanted, by=request.auth))


@router.put("/calendars/{code}", response=CalendarOut, summary="Change a calendar as it was seen")
def change_calendar(request: StaffRequest, code: str, said: ChangedCalendar) -> Calendar:
    wanted = _wanted(request, said)
    calendar = found(Calendar, "code", code=code)
    calendaring.edit_calendar(calendar=calendar, wanted=wanted, seen=said.seen, by=request.auth)
    calendar.refresh_from_db()
    return calendar


def _wanted(request: StaffRequest, said: CalendarIn) -> calendaring.Wanted:
    may(request, P.RULES)
    if said.kind not in CalendarKind.values:
        raise Refused(_("There is no such entry."), code="no_kind", field="kind")
    names = ("name_zh", "name_en", "kind", "hours", "follows_holidays", "exceptions")
    return calendaring.Wanted(**{name: getattr(said, name) for name in names})


@router.post(
    "/levels/{int:number}/lines/{int:line_id}/move", response=LevelsOut, summary="Move a line of a draft"
)
def move_level(request: StaffRequest, number: int, line_id: int, said: Way) -> dict[str, Any]:
    draft = draft_of(request, number)
    agreeing.move_line(draft=draft, line=line_of(draft, line_id), by=request.auth, is_up=said.is_up)
    return levels_said(draft)


@router.get(
    "/levels/{int:number}/preview", response=PreviewOut, summary="What a draft would do to open Cases"
)
def preview_levels(request: StaffRequest, number: int) -> dict[str, Any]:
    seen = preview.preview(draft_of(request, min(number, LARGEST)))
    return {"total": vars(seen.total), "late": seen.late_numbers, "is_all": seen.is_all}


@router.get("/canned/kept", response=CannedsOut, summary="The canned answers that one may change")
def list_kept(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    may(request, *canned.KEEPERS)
    rows, following = page(canned.kept_by(request.auth), turned.cursor, turned.limit, "id")
    return {"items": [canned_said(one) for one in rows], "next": following}


@answers.post("/canned", response={201: CannedOut}, summary="Write a canned answer")
def add_canned(request: StaffRequest, said: CannedIn) -> Status[dict[str, Any]]:
    may(request, *canned.KEEPERS)
    return Status(201, canned_said(canned.keep(by=request.auth, **_canned_said(said))))


@router.put("/canned/{int:canned_id}", response=CannedOut, summary="Change a canned answer")
def change_canned(request: StaffRequest, canned_id: int, said: CannedIn) -> dict[str, Any]:
    may(request, *canned.KEEPERS)
    kept = canned.kept_by(request.auth).filter(pk=min(canned_id, 2**63 - 1)).first()
    if kept is None:
        raise Refused(_("There is no such entry."), code="no_canned", field="canned")
    return canned_said(canned.keep(by=request.auth, answer=kept, **_canned_said(said)))


def _canned_said(said: CannedIn) -> dict[str, Any]:
    return said.dict() | {
        "service": found(Service, "service", code=said.service) if said.service else None,
        "agency": found(Agency, "agency", code=said.agency) if said.agency else None,
    }
