"""Who is on duty, the rota, one's own notices, and what lies with the joint check."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status

from bihuan.faces.api.deeds import found
from bihuan.faces.api.pages import Paged, Turned
from bihuan.faces.api.shapes import Brief, Named, brief, named
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries as cases
from bihuan.spine.cases.queries.paging import page
from bihuan.spine.messages import inbox
from bihuan.spine.messages.models import Message
from bihuan.spine.resources import actions, queries
from bihuan.spine.resources.models import Duty, Shift
from bihuan.spine.resources.rota import DAY, DAYS, midnight, monday_of, shifts_between

router = Router(tags=["duty"])


class PersonOut(Schema):
    username: str
    name: str
    agency: Named | None


class OnDuty(Schema):
    """Who is on duty for an agency, or for one's own, now; of one above it where it has nobody."""

    officer: list[PersonOut]
    supervisor: list[PersonOut]


class ShiftOut(Schema):
    id: int
    agency: Named
    person: str
    duty: str
    from_at: datetime
    until_at: datetime


class Shifts(Paged):
    items: list[ShiftOut]


class ShiftIn(Schema):
    agency: str
    person: str
    duty: str = Duty.OFFICER.value
    from_at: datetime
    until_at: datetime


class RepeatIn(Schema):
    """Three shifts a day for people who take turns in this order."""

    agency: str
    people: list[str]
    duty: str = Duty.OFFICER.value
    first_on: date
    days: int


class CopyIn(Schema):
    """The Monday of the week into which the one before is copied."""

    agency: str
    monday: date


class NoticeOut(Schema):
    id: int
    subject: str
    body: str
    case: int | None
    at: datetime
    is_new: bool


class Notices(Paged):
    items: list[NoticeOut]


class ReadTo(Schema):
    id: int


class JointOut(Schema):
    case: Brief
    reason: str
    since: datetime | None
    fallback: Named | None


class JointList(Paged):
    items: list[JointOut]


@router.get("/duty", response=OnDuty, summary="Who is on duty for an agency now")
def show_duty(request: StaffRequest, agency: str = "") -> dict[str, Any]:
    office = found(Agency, "agency", code=agency or _own(request))
    return {duty.value: [_person(one) for one in queries.on_duty(office, duty, clock.now())] for duty in Duty}


@router.get("/shifts", response=Shifts, summary="An agency's rota of one week, given any day of it")
def list_shifts(
    request: StaffRequest, turned: Query[Turned], agency: str = "", week: date | None = None
) -> dict[str, Any]:
    office = _kept(request, agency)
    since = monday_of(week or timezone.localtime(clock.now()).date())
    shifts = shifts_between(office, midnight(since), midnight(since + DAYS * DAY))
    kept = shifts.select_related("agency", "person")
    rows, following = page(kept, turned.cursor, turned.limit, "from_at", "id")
    return {"items": [_shift(one) for one in rows], "next": following}


@router.post("/shifts", response={201: ShiftOut}, summary="Put somebody on duty")
def add_shift(request: StaffRequest, said: ShiftIn) -> Status[dict[str, Any]]:
    shift = actions.add_shift(
        agency=_kept(request, said.agency),
        person=found(User, "person", username=said.person),
        duty=said.duty,
        from_at=_aware(said.from_at),
        until_at=_aware(said.until_at),
        by=request.auth,
    )
    return Status(201, _shift(shift))


@router.post("/shifts/repeat", response={201: Shifts}, summary="Fill three shifts a day")
def repeat_shifts(request: StaffRequest, said: RepeatIn) -> Status[dict[str, Any]]:
    shifts = actions.repeat_shifts(
        agency=_kept(request, said.agency),
        people=[found(User, "people", username=name) for name in said.people],
        duty=said.duty,
        first_on=said.first_on,
        days=said.days,
        by=request.auth,
    )
    return Status(201, {"items": [_shift(one) for one in shifts]})


@router.post("/shifts/copy", response={201: Shifts}, summary="Copy the week before")
def copy_shifts(request: StaffRequest, said: CopyIn) -> Status[dict[str, Any]]:
    office = _kept(request, said.agency)
    shifts = actions.copy_week(agency=office, monday=monday_of(said.monday), by=request.auth)
    return Status(201, {"items": [_shift(one) for one in shifts]})


@router.post("/shifts/{int:shift_id}/remove", response={204: None}, summary="Take a shift back")
def remove_shift(request: StaffRequest, shift_id: int) -> Status[None]:
    _check(request, Permission.ROTA)
    kept = queries.rota_agencies(request.auth)
    actions.remove_shift(shift=found(Shift, "shift", pk=shift_id, agency__in=kept), by=request.auth)
    return Status(204, None)


@router.get("/notices", response=Notices, summary="What one was told, newest first")
def list_notices(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    read_to = inbox.read_to(request.auth)
    told = Message.objects.filter(about=inbox.about(request.auth))
    rows, following = page(told, turned.cursor, turned.limit, "-id")
    return {
        "next": following,
        "items": [
            {
                "id": row.pk,
                "subject": row.subject,
                "body": row.body,
                "case": row.case_id,
                "at": row.created_at,
                "is_new": row.pk > read_to,
            }
            for row in rows
        ],
    }


@router.post(
    "/notices/read", response={204: None}, summary="Say that one has seen the notices up to a number"
)
def read_notices(request: StaffRequest, said: ReadTo) -> Status[None]:
    newest = inbox.list_notices(request.auth, 1)
    inbox.mark_read(request.auth, min(said.id, newest[0].pk) if newest else 0)
    return Status(204, None)


@router.get("/joint", response=JointList, summary="What waits for a decision of the joint check")
def list_joint(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    _check(request, Permission.STEER)
    waiting = cases.waiting_for_joint(request.auth)
    rows, following = page(waiting, turned.cursor, turned.limit, "joint_since", "id")
    return {
        "next": following,
        "items": [
            {
                "case": brief(case),
                "reason": check.reason if check else "",
                "since": case.joint_since,
                "fallback": named(check.fallback) if check else None,
            }
            for case, check in cases.with_checks(rows)
        ],
    }


def _check(request: StaffRequest, permission: Permission) -> None:
    if not request.auth.may(permission):
        raise Forbidden(_("Your role does not include: %(permission)s.") % {"permission": permission.label})


def _kept(request: StaffRequest, code: str) -> Agency:
    _check(request, Permission.ROTA)
    return found(Agency, "agency", code=code or _own(request), pk__in=queries.rota_agencies(request.auth))


def _own(request: StaffRequest) -> str:
    return request.auth.agency.code if request.auth.agency else ""


def _aware(at: datetime) -> datetime:
    """A time without an offset is the city's."""
    return at if at.tzinfo else at.replace(tzinfo=timezone.get_default_timezone())


def _person(user: User) -> dict[str, Any]:
    return {"username": user.username, "name": str(user), "agency": named(user.agency)}


def _shift(shift: Shift) -> dict[str, Any]:
    return {
        "id": shift.pk,
        "agency": named(shift.agency),
        "person": shift.person.username,
        "duty": shift.duty,
        "from_at": shift.from_at,
        "until_at": shift.until_at,
    }
