"""Passes for programs: the same rights, masked the same, below ``/api/v1/passes``."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.lines.passes import applying, holding, outlook, queries, reviewing, sealing, trips
from bihuan.lines.passes.drafts import Draft, Member
from bihuan.lines.passes.kinds import Channel
from bihuan.lines.passes.models import Pace, Pass, Trip
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.places.models import Site

router = Router(tags=["passes"])
VIEWERS = (Permission.PASSES, Permission.PASS_RULES)


class ProgramRequest(HttpRequest):
    """A request that a bearer token, or a session, has signed in."""

    auth: User


class PassSaid(Schema):
    model_config = ConfigDict(extra="forbid")


class PassOut(Schema):
    """A pass as lists show it: nothing personal. ``code`` is the text of its QR code once it is issued."""

    id: int
    receipt: str
    number: str | None
    status: str
    lane: str
    agency: str
    plate: str
    plate_colour: str
    goods: str
    goods_name: str
    origin_code: str
    destination_code: str
    valid_from: datetime
    valid_until: datetime
    applied_at: datetime
    due_at: datetime | None
    reason: str
    code: str


class PassesOut(Schema):
    items: list[PassOut]
    after: str = ""


class CrewIn(PassSaid):
    name: str
    identity: str = ""
    phone: str = ""


class ApplyIn(PassSaid):
    """One vehicle, one pass, one route; the fields of the form."""

    client_id: str
    applicant: str
    contact: str
    phone: str
    plate: str
    plate_colour: str = ""
    goods: str
    goods_name: str
    quantity: Decimal
    unit: str
    origin_code: str
    destination_code: str
    valid_from: datetime
    valid_until: datetime
    crew: list[CrewIn]
    sender: str = ""
    receiver: str = ""
    carrier: str = ""
    is_articulated: bool = False
    trailer_plate: str = ""
    origin_name: str = ""
    destination_name: str = ""
    way_points: list[str] = Field(default_factory=list)
    is_closed_loop: bool = False
    note: str = ""
    language: str = ""


class DecisionIn(PassSaid):
    """Words or a reason, as the verb needs; ``until`` for ``extend``, ``plate`` and its colour for ``replace``."""

    text: str = ""
    reason: str = ""
    until: datetime | None = None
    plate: str = ""
    plate_colour: str = ""


class ManyIn(PassSaid):
    passes: list[int]


class DecidedOut(Schema):
    id: int
    status: str
    number: str | None
    problem: str


class TripIn(PassSaid):
    expected_at: datetime
    gate: str = ""
    point: str = ""


class StepIn(PassSaid):
    """``step``: ``gate``, ``point``, ``handed`` or ``out``."""

    step: str
    site: str = ""
    crew: int | None = None
    seal_number: str = ""


class TripOut(Schema):
    id: int
    status: str
    expected_at: datetime
    in_at: datetime | None
    deadline_at: datetime | None
    out_at: datetime | None
    is_parted: bool
    is_seal_broken: bool
    case: int | None


class PassOutlookOut(Schema):
    agency: str
    waiting: int
    overdue: int
    reviewers: int
    words: str


class PassWanted(Schema):
    tab: str = "review"
    after: str = ""


@router.post(
    "", response={201: PassOut}, operation_id="pass_apply", url_name="passes", summary="Apply for somebody"
)
def apply(request: ProgramRequest, said: ApplyIn) -> Status[dict[str, Any]]:
    if not (request.auth.may(Permission.PASSES) or request.auth.may(Permission.ENTER)):
        raise Forbidden("", code="passes")
    fields = said.dict() | {"crew": tuple(Member(**one.dict()) for one in said.crew)}
    client_id, language = fields.pop("client_id"), fields.pop("language")
    draft = Draft(**(fields | {"way_points": tuple(said.way_points)}))
    made = applying.apply(
        draft=draft, client_id=client_id, by=request.auth, channel=Channel.API, language=language
    )
    return Status(201, _row(made))


@router.get(
    "",
    response=PassesOut,
    operation_id="pass_queue",
    url_name="passes",
    summary="What waits, as it is served",
)
def queue(request: ProgramRequest, wanted: Query[PassWanted]) -> dict[str, Any]:
    _check(request.auth)
    status = queries.TABS.get(wanted.tab, queries.TABS["review"])
    page = queries.list_queue(request.auth, status, after=queries.After.parse(wanted.after))
    return {"items": [_row(one) for one in page.rows], "after": page.following}


@router.post(
    "/approve",
    response=list[DecidedOut],
    operation_id="pass_approve_many",
    url_name="pass_approve_many",
    summary="Approve many, each by itself",
)
def approve_many(request: ProgramRequest, said: ManyIn) -> list[dict[str, Any]]:
    if not request.auth.may(Permission.PASSES):
        raise Forbidden("", code="passes")
    done = reviewing.approve_many(pass_ids=said.passes, by=request.auth)
    return [
        {
            "id": one.pass_id,
            "problem": one.problem,
            "status": one.pass_.status if one.pass_ else "",
            "number": one.pass_.number if one.pass_ else None,
        }
        for one in done
    ]


@router.get(
    "/outlook",
    response=list[PassOutlookOut],
    operation_id="pass_outlook",
    url_name="pass_outlook",
    summary="When each desk's queue will be late",
)
def show_outlook(request: ProgramRequest) -> list[dict[str, Any]]:
    _check(request.auth)
    return [_pace(one) for one in outlook.paces_for(request.auth)]


@router.get(
    "/{int:pass_id}", response=PassOut, operation_id="pass_show", url_name="pass_show", summary="One pass"
)
def show(request: ProgramRequest, pass_id: int) -> dict[str, Any]:
    return _row(queries.access_pass(request.auth, pass_id))


@router.post(
    "/{int:pass_id}/trips",
    response={201: TripOut},
    operation_id="pass_trip",
    url_name="pass_trip",
    summary="Announce a trip by the closed loop",
)
def announce(request: ProgramRequest, pass_id: int, said: TripIn) -> Status[dict[str, Any]]:
    pass_ = queries.access_pass(request.auth, pass_id)
    gate, point = _site(said.gate, "gate"), _site(said.point, "point")
    trip = trips.announce(pass_=pass_, expected_at=said.expected_at, gate=gate, point=point, by=request.auth)
    return Status(201, _trip(trip))


@router.post(
    "/{int:pass_id}/step",
    response=TripOut,
    operation_id="pass_step",
    url_name="pass_step",
    summary="Take down a look at the trip that goes on",
)
def take_step(request: ProgramRequest, pass_id: int, said: StepIn) -> dict[str, Any]:
    pass_ = queries.access_pass(request.auth, pass_id)
    trip = pass_.trips.filter(ended_at=None).first()
    if trip is None:
        raise Refused("", code="no_trip")
    fields = said.dict() | {"site": _site(said.site, "site")}
    return _trip(trips.take_step(trip=trip, by=request.auth, **fields))


@router.post(
    "/{int:pass_id}/{verb}",
    response=PassOut,
    operation_id="pass_act",
    url_name="pass_act",
    summary="Do one verb: approve ask decline suspend restore revoke extend replace",
)
def act(request: ProgramRequest, pass_id: int, verb: str, said: DecisionIn) -> dict[str, Any]:
    pass_ = queries.access_pass(request.auth, pass_id)
    if verb not in DEEDS:
        raise Refused("", code="verb", field="verb")
    action, names = DEEDS[verb]
    if "until" in names and said.until is None:
        raise Refused("", code="until", field="until")
    return _row(action(pass_=pass_, by=request.auth, **{name: getattr(said, name) for name in names}))


DEEDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "approve": (reviewing.approve, ()),
    "ask": (reviewing.ask, ("text",)),
    "decline": (reviewing.decline, ("reason", "text")),
    "suspend": (holding.suspend, ("reason", "text")),
    "restore": (holding.restore, ()),
    "revoke": (holding.revoke, ("reason", "text")),
    "extend": (holding.extend, ("until",)),
    "replace": (holding.replace, ("plate", "plate_colour")),
}


def _check(user: User) -> None:
    if not any(map(user.may, VIEWERS)):
        raise Forbidden("", code="passes")


def _site(code: str, field: str) -> Site | None:
    if not code:
        return None
    found = Site.objects.filter(code=code).first()
    if found is None:
        raise Refused("", code="no_site", field=field)
    return found


def _row(pass_: Pass) -> dict[str, Any]:
    names = (
        "receipt", "number", "status", "lane", "plate", "plate_colour", "goods", "goods_name", "origin_code",
        "destination_code", "valid_from", "valid_until", "applied_at", "due_at", "reason",
    )  # fmt: skip
    code = sealing.text_of(pass_) if pass_.number else ""
    shown = {name: getattr(pass_, name) for name in names}
    return {"id": pass_.pk, "agency": pass_.agency.code, "code": code, **shown}


def _trip(trip: Trip) -> dict[str, Any]:
    names = ("status", "expected_at", "in_at", "deadline_at", "out_at", "is_parted", "is_seal_broken")
    return {"id": trip.pk, "case": trip.case_id} | {name: getattr(trip, name) for name in names}


def _pace(pace: Pace) -> dict[str, Any]:
    names = ("waiting", "overdue", "reviewers")
    said = {"agency": pace.agency.code, "words": outlook.line_of(pace).words}
    return said | {name: getattr(pace, name) for name in names}
