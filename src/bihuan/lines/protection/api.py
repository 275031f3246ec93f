"""The care list for programs: the same rights, masked the same, below ``/api/v1/care``."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.lines.protection import actions, queries, reading
from bihuan.lines.protection.asking import ask_of
from bihuan.lines.protection.drafts import Draft
from bihuan.lines.protection.models import Person
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.queries.paging import LONGEST_PAGE, page
from bihuan.spine.places.models import Site

router = Router(tags=["care"])


class ProgramRequest(HttpRequest):
    """A request that a bearer token, or a session, has signed in."""

    auth: User


class CareSaid(Schema):
    model_config = ConfigDict(extra="forbid")


class SupplyOut(Schema):
    id: int
    kind: str
    amount: float
    daily_use: float
    runs_out_at: datetime | None


class CarePersonOut(Schema):
    """A person as lists show them: nothing in the clear by which they could be found."""

    id: int
    kinds: list[str]
    name_masked: str
    site: str
    agency: str
    status: str
    state: str
    next_check_at: datetime | None
    last_seen_at: datetime | None
    last_found: str
    case: int | None
    low: list[SupplyOut]


class CareListOut(Schema):
    items: list[CarePersonOut]
    next: str | None = None


class PersonIn(CareSaid):
    """Whom to list. ``site`` and ``agency`` are codes; days of dialysis go from 0 (Monday) to 6."""

    name: str
    site: str
    kinds: list[str]
    consent: str
    agency: str = ""
    phone: str = ""
    building: str = ""
    door: str = ""
    note: str = ""
    kin_name: str = ""
    kin_phone: str = ""
    every_h: int = 24
    from_h: int = 8
    until_h: int = 20
    grace_min: int = 60
    dialysis_days: str = ""
    dialysis_h: int = 8
    birth_due_on: date | None = None
    is_phone_shared: bool = False


class CheckIn(CareSaid):
    """``found``: ``well``, ``no_answer`` or ``could_not``; for what is needed there is ``/need``."""

    found: str
    note: str = ""


class NeedIn(CareSaid):
    client_id: str
    service: str
    text: str
    answers: dict[str, Any] = Field(default_factory=dict)


class SupplyIn(CareSaid):
    kind: str
    amount: float
    daily_use: float
    label: str = ""
    supply: int | None = None


class LeaveIn(CareSaid):
    reason: str


class RevealIn(CareSaid):
    field: str
    purpose: str


class Value(Schema):
    value: str


class CaseOut(Schema):
    case: int


class CoverageOut(Schema):
    agency: str
    listed: int
    seen: int
    due: int
    missed: int
    unanswered: int
    running_out: int


class CareWanted(Schema):
    site: str = ""
    kind: str = ""
    cursor: str = ""
    limit: int = Field(100, ge=1, le=LONGEST_PAGE)


@router.get(
    "/today",
    response=CareListOut,
    operation_id="care_today",
    url_name="care_today",
    summary="Who is to be looked in on, most urgent first",
)
def list_today(request: ProgramRequest) -> dict[str, Any]:
    _check(request.auth)
    return {"items": [_row(row) for row in queries.list_today(request.auth)]}


@router.get(
    "/people",
    response=CareListOut,
    operation_id="care_people",
    url_name="care_people",
    summary="The list, by site and kind",
)
def list_people(request: ProgramRequest, wanted: Query[CareWanted]) -> dict[str, Any]:
    _check(request.auth)
    site = _found(Site, "site", code=wanted.site) if wanted.site else None
    found = queries.find_people(request.auth, site_id=site.pk if site else None, kind=wanted.kind)
    people, following = page(found, wanted.cursor, wanted.limit, "id")
    return {"items": [_row(row) for row in queries.rows_of(people)], "next": following}


@router.post(
    "/people",
    response={201: CarePersonOut},
    operation_id="care_add",
    url_name="care_people",
    summary="Put somebody on the list",
)
def add(request: ProgramRequest, said: PersonIn) -> Status[dict[str, Any]]:
    _check(request.auth)
    fields = said.dict() | {"kinds": tuple(said.kinds), "site": _found(Site, "site", code=said.site)}
    fields["agency"] = _found(Agency, "agency", code=said.agency) if said.agency else request.auth.agency
    return Status(201, _one(actions.add(draft=Draft(**fields), by=request.auth)))


@router.get(
    "/people/{int:person_id}",
    response=CarePersonOut,
    operation_id="care_person",
    url_name="care_person",
    summary="One person",
)
def show(request: ProgramRequest, person_id: int) -> dict[str, Any]:
    return _one(queries.access_person(request.auth, person_id))


@router.post(
    "/people/{int:person_id}/check",
    response=CarePersonOut,
    operation_id="care_check",
    url_name="care_check",
    summary="Take down a look",
)
def check(request: ProgramRequest, person_id: int, said: CheckIn) -> dict[str, Any]:
    person = queries.access_person(request.auth, person_id)
    actions.check(person=person, by=request.auth, **said.dict())
    return _one(queries.access_person(request.auth, person_id))


@router.post(
    "/people/{int:person_id}/need",
    response=CaseOut,
    operation_id="care_need",
    url_name="care_need",
    summary="Ask in a person's name",
)
def need(request: ProgramRequest, person_id: int, said: NeedIn) -> dict[str, int]:
    person = queries.access_person(request.auth, person_id)
    fields = said.dict() | {"service": _found(Service, "service", code=said.service)}
    payload = ask_of(person, fields)
    return {"case": actions.ask_for(person=person, payload=payload, by=request.auth).pk}


@router.post(
    "/people/{int:person_id}/supplies",
    response=SupplyOut,
    operation_id="care_supply",
    url_name="care_supply",
    summary="Count what is left",
)
def count_supply(request: ProgramRequest, person_id: int, said: SupplyIn) -> Any:
    person = queries.access_person(request.auth, person_id)
    known = person.supplies.filter(pk=said.supply, ended_at=None).first() if said.supply else None
    if said.supply and known is None:
        raise Refused("", code="no_supply", field="supply")
    return actions.count_supply(person=person, by=request.auth, **(said.dict() | {"supply": known}))


@router.post(
    "/people/{int:person_id}/leave",
    response=CarePersonOut,
    operation_id="care_leave",
    url_name="care_leave",
    summary="Take off the list",
)
def leave(request: ProgramRequest, person_id: int, said: LeaveIn) -> dict[str, Any]:
    person = queries.access_person(request.auth, person_id)
    actions.leave(person=person, reason=said.reason, by=request.auth)
    return _one(queries.access_person(request.auth, person_id))


@router.post(
    "/people/{int:person_id}/reveal",
    response=Value,
    operation_id="care_reveal",
    url_name="care_reveal",
    summary="Read one personal field",
)
def reveal(request: ProgramRequest, person_id: int, said: RevealIn) -> dict[str, str]:
    person = queries.access_person(request.auth, person_id)
    return {"value": reading.reveal(person=person, field=said.field, purpose=said.purpose, by=request.auth)}


@router.get(
    "/coverage",
    response=list[CoverageOut],
    operation_id="care_coverage",
    url_name="care_coverage",
    summary="How far each office is today",
)
def coverage(request: ProgramRequest) -> list[dict[str, Any]]:
    if not (request.auth.may(Permission.CARE) or request.auth.may(Permission.BOARD)):
        raise Forbidden("", code="care")
    names = ("listed", "seen", "due", "missed", "unanswered", "running_out")
    rows = queries.count_coverage(request.auth)
    return [{"agency": row.agency.code} | {name: getattr(row, name) for name in names} for row in rows]


def _check(user: User) -> None:
    if not user.may(Permission.CARE):
        raise Forbidden("", code="care")


def _found(model: Any, field: str, **by: Any) -> Any:
    row = model.objects.filter(**by).first()
    if row is None:
        raise Refused("", code=f"no_{field}", field=field)
    return row


def _one(person: Person) -> dict[str, Any]:
    return _row(queries.rows_of([person])[0])


def _row(row: queries.Row) -> dict[str, Any]:
    person = row.person
    return {
        "id": person.pk, "kinds": [kind.value for kind in person.kind_list], "name_masked": reading.name_of(person),
        "site": person.site.code, "agency": person.agency.code, "status": person.status, "state": row.state,
        "next_check_at": person.next_check_at, "last_seen_at": person.last_seen_at,
        "last_found": person.last_found, "case": row.case_id, "low": list(row.low),
    }  # fmt: skip
