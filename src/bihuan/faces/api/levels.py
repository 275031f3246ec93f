"""Service levels for programs of an administrator: a draft, its lines, and putting it in force."""

from typing import Any

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from bihuan.faces.api.deeds import found
from bihuan.faces.api.promises import LevelsOut, levels_said
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Agreement, Calendar, Level, Service, Urgency
from bihuan.spine.cases.promises import agreeing
from bihuan.spine.cases.states import Priority
from bihuan.spine.places.models import ZoneState

router = Router(tags=["promises"])
LARGEST = 2**31 - 1
DAY_MIN = 24 * 60
CHOICES = {"urgency": Urgency, "priority": Priority, "zone_state": ZoneState}


class ToDraft(Schema):
    note: str = ""


class ToWriteLine(Schema):
    """One line as it is to be; empty conditions fit everything. Times are minutes of its calendar."""

    service: str = ""
    urgency: str = ""
    priority: str = ""
    zone_state: str = ""
    from_min: int | None = Field(None, ge=0, lt=DAY_MIN)
    until_min: int | None = Field(None, ge=0, le=DAY_MIN)
    calendar: str
    dispatch_min: int = Field(ge=1, le=LARGEST)
    accept_min: int = Field(ge=1, le=LARGEST)
    reply_min: int = Field(ge=1, le=LARGEST)
    resolve_min: int = Field(ge=1, le=LARGEST)


class ToPutInForce(Schema):
    """``over``: the version in force that was looked at; ``also_open``: have open Cases counted anew."""

    over: int
    also_open: bool = False


@router.post("/levels/draft", response={201: LevelsOut}, summary="Begin a draft with the lines in force")
def draft_levels(request: StaffRequest, said: ToDraft) -> Status[dict[str, Any]]:
    _check(request)
    return Status(201, levels_said(agreeing.copy_in_force(by=request.auth, note=said.note)))


@router.post("/levels/{int:number}/lines", response=LevelsOut, summary="Add a line above the last of a draft")
def add_level(request: StaffRequest, number: int, said: ToWriteLine) -> dict[str, Any]:
    return _write(request, number, None, said)


@router.put(
    "/levels/{int:number}/lines/{int:line_id}", response=LevelsOut, summary="Change a line of a draft"
)
def write_level(request: StaffRequest, number: int, line_id: int, said: ToWriteLine) -> dict[str, Any]:
    return _write(request, number, line_id, said)


@router.delete(
    "/levels/{int:number}/lines/{int:line_id}", response=LevelsOut, summary="Remove a line of a draft"
)
def remove_level(request: StaffRequest, number: int, line_id: int) -> dict[str, Any]:
    draft = draft_of(request, number)
    agreeing.remove_line(draft=draft, by=request.auth, line=line_of(draft, line_id))
    return levels_said(draft)


@router.post("/levels/{int:number}/in_force", response=LevelsOut, summary="Put a draft in force")
def put_levels_in_force(request: StaffRequest, number: int, said: ToPutInForce) -> dict[str, Any]:
    draft = draft_of(request, number)
    agreeing.put_in_force(draft=draft, over=said.over, by=request.auth, also_open=said.also_open)
    draft.refresh_from_db()
    return levels_said(draft)


def _write(request: StaffRequest, number: int, line_id: int | None, said: ToWriteLine) -> dict[str, Any]:
    draft = draft_of(request, number)
    line = None if line_id is None else line_of(draft, line_id)
    agreeing.write_line(draft=draft, by=request.auth, line=line, fields=_fields(said))
    return levels_said(draft)


def _fields(said: ToWriteLine) -> dict[str, Any]:
    fields = said.dict(exclude={"service", "calendar"})
    for name, choices in CHOICES.items():
        if fields[name] and fields[name] not in choices.values:
            raise Refused(_("There is no such entry."), code=f"no_{name}", field=name)
    service = found(Service, "service", code=said.service).pk if said.service else None
    return fields | {"service_id": service, "calendar_id": found(Calendar, "calendar", code=said.calendar).pk}


def _check(request: StaffRequest) -> None:
    """Refuse before anything is looked up."""
    if not request.auth.may(Permission.RULES):
        raise Forbidden(_("Your role does not include changing service levels."))


def draft_of(request: StaffRequest, number: int) -> Agreement:
    """Return a version of the levels; refuses before anything is looked up."""
    _check(request)
    return found(Agreement, "number", number=min(number, LARGEST))


def line_of(draft: Agreement, line_id: int) -> Level:
    """Return a line of a version, or refuse."""
    return found(Level, "line_id", pk=min(line_id, 2**63 - 1), agreement=draft)
