"""Channel drills: start one, look at what came of it, stop it."""

from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema, Status

from bihuan.faces.api.deeds import found
from bihuan.faces.api.pages import Paged, Turned
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel.errors import Forbidden
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases import drilling
from bihuan.spine.cases.queries.paging import page
from bihuan.spine.messages.channels.choosing import switched_on
from bihuan.spine.messages.drills.reading import Result, list_people, result_of, results_of
from bihuan.spine.messages.models import Drill

router = Router(tags=["duty"])


class DrillIn(Schema):
    """Without channels all that are switched on; without an agency the whole city, for an administrator."""

    agency: str = ""
    channels: list[str] | None = None
    window_min: int = 15


class DrillWayOut(Schema):
    """One channel: messages written, handed to the carrier, failed, still waiting; people it does not reach."""

    channel: str
    written: int
    handed: int
    failed: int
    waiting: int
    unreached: int
    answered: int
    median_s: float | None


class CalledOut(Schema):
    username: str
    agency: str
    duty: str
    answered_at: datetime | None
    answered_on: str


class DrillOut(Schema):
    """A drill as it stands; ``people`` only for whoever keeps the rota of all who were called."""

    id: int
    scope: str
    channels: list[str]
    started_at: datetime
    until_at: datetime
    closed_at: datetime | None
    called: int
    answered: int
    late: int
    median_s: float | None
    lines: list[DrillWayOut]
    people: list[CalledOut] | None = None


class DrillList(Paged):
    items: list[DrillOut]


@router.get("/drills", response=DrillList, summary="Channel drills, newest first")
def list_drills(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    _check(request)
    drills, following = page(drilling.visible_drills(request.auth), turned.cursor, turned.limit, "-id")
    return {"items": [_out(result) for result in results_of(drills)], "next": following}


@router.post(
    "/drills", response={201: DrillOut}, summary="Send a test on every channel to whoever is on duty"
)
def start_drill(request: StaffRequest, said: DrillIn) -> Status[dict[str, Any]]:
    agency = found(Agency, "agency", code=said.agency) if said.agency else None
    channels = said.channels or [way.name for way in switched_on()]
    drill = drilling.start(by=request.auth, agency=agency, channels=channels, window_min=said.window_min)
    return Status(201, _whole(request, drill))


@router.get("/drills/{int:drill_id}", response=DrillOut, summary="What came of a drill")
def show_drill(request: StaffRequest, drill_id: int) -> dict[str, Any]:
    _check(request)
    return _whole(request, drilling.access_drill(request.auth, drill_id))


@router.post("/drills/{int:drill_id}/stop", response=DrillOut, summary="Close a drill before its time")
def stop_drill(request: StaffRequest, drill_id: int) -> dict[str, Any]:
    _check(request)
    drill = drilling.access_drill(request.auth, drill_id)
    drilling.stop(drill=drill, by=request.auth)
    return _whole(request, drilling.access_drill(request.auth, drill_id))


def _check(request: StaffRequest) -> None:
    if not any(map(request.auth.may, drilling.VIEWERS)):
        raise Forbidden(drilling.denied())


def _whole(request: StaffRequest, drill: Drill) -> dict[str, Any]:
    people = list_people(drill) if drilling.may_name(request.auth, drill) else None
    named = (
        None
        if people is None
        else [
            {
                "username": one.person.username,
                "agency": one.agency.code,
                "duty": one.duty,
                "answered_at": one.answered_at,
                "answered_on": one.answered_on,
            }
            for one in people
        ]
    )
    return _out(result_of(drill)) | {"people": named}


def _out(result: Result) -> dict[str, Any]:
    drill = result.drill
    return {
        "id": drill.pk,
        "scope": drill.scope,
        "channels": drill.channels,
        "started_at": drill.started_at,
        "until_at": drill.until_at,
        "closed_at": drill.closed_at,
        "called": result.called,
        "answered": result.answered,
        "late": result.late,
        "median_s": result.median_s,
        "lines": [vars(line) for line in result.lines],
    }
