"""The known people and a small city around them, for the tests of Cases and of the faces."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from bihuan.kernel import clock, ids, private
from bihuan.spine.accounts import roles
from bihuan.spine.accounts.models import Agency, Role, User
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import changes
from bihuan.spine.cases.models import (
    Agreement,
    AgreementStatus,
    Asker,
    Case,
    Edition,
    EditionState,
    Level,
    Rule,
    Service,
)
from bihuan.spine.cases.promises import calendars
from bihuan.spine.cases.states import Status
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.resources.models import Team

PHONE = "+8619900005526"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
# Priority -> minutes until dispatch, accept, first reply, resolve. A service of the class "planned" has them by
# working hours, all others round the clock.
PROMISES = {"urgent": (15, 15, 60, 120), "normal": (60, 60, 240, 480)}
_numbers = count(1)


@dataclass
class World:
    """Agencies ``grid`` (with ``crew`` below it) and ``water``; Ben and Eve are officers there."""

    city: Agency
    grid: Agency
    crew: Agency
    water: Agency
    ben: User
    ida: User
    cleo: User
    dan: User
    eve: User
    olga: User
    sam: User
    max: User
    team: Team
    service: Service


def make_world() -> World:
    """Write the small city and its people."""
    known = roles.write_roles()
    make_agreement()
    city = make_agency("city", "市指挥中心", "City")
    grid = make_agency("grid", "供电公司", "Power grid", city)
    crew = make_agency("crew", "抢修班", "Repair office", grid)
    water = make_agency("water", "自来水公司", "Water works", city)
    team = Team.objects.create(agency=grid, name_zh="抢修一队", name_en="Crew One")
    cleo = make_user("cleo", None, grid)
    team.members.add(cleo)
    return World(
        city=city, grid=grid, crew=crew, water=water, team=team, cleo=cleo,
        ben=make_user("ben", known["officer"], grid),
        ida=make_user("ida", known["officer"], grid),
        dan=make_user("dan", None, None),
        eve=make_user("eve", known["officer"], water),
        olga=make_user("olga", known["operator"], city),
        sam=make_user("sam", known["supervisor"], grid),
        max=make_user("max", known["commander"], city),
        service=make_service("power_failure"),
    )  # fmt: skip


def make_agency(code: str, zh: str, en: str, parent: Agency | None = None) -> Agency:
    agency = Agency(code=code, name_zh=zh, name_en=en, parent=parent)
    agency.place_under_parent()
    agency.save()
    return agency


def make_user(name: str, role: Role | None, agency: Agency | None) -> User:
    return User.objects.create_user(
        name, password="long enough 1", role=role, agency=agency, display_name=name.title()
    )


def make_service(code: str, **fields: Any) -> Service:
    return Service.objects.create(code=code, name_zh=code, name_en=code, group="city", **fields)


def make_agreement() -> Agreement:
    """Agree on ``PROMISES`` for everything."""
    agreement = Agreement.objects.create(
        number=1, status=AgreementStatus.IN_FORCE, made_at=NOON, in_force_from=NOON
    )
    known = calendars.ensure()
    lines = [("planned", "working", priority) for priority in PROMISES]
    lines += [("", "always", priority) for priority in PROMISES]
    for order, (urgency, calendar, priority) in enumerate(lines, 1):
        dispatch, accept, reply, resolve = PROMISES[priority]
        Level.objects.create(
            agreement=agreement, order=order, urgency=urgency, priority=priority, calendar=known[calendar],
            dispatch_min=dispatch, accept_min=accept, reply_min=reply, resolve_min=resolve,
        )  # fmt: skip
    return agreement


def make_edition(state: EditionState = EditionState.IN_FORCE) -> Edition:
    """Return the edition of the rulebook that is in force, or the draft; made when first asked for."""
    return Edition.objects.get_or_create(state=state, defaults={"made_at": clock.now()})[0]


def make_rule(number: int, agency: Agency, *, edition: Edition | None = None, **fields: Any) -> Rule:
    names = {"name_zh": f"第{number}条", "name_en": f"line {number}"}
    book = edition or make_edition()
    return Rule.objects.create(edition=book, number=number, agency=agency, **{**names, **fields})


def make_submission(phone: str = PHONE, **fields: Any) -> Submission:
    said = {
        "client_id": f"client-{next(_numbers)}",
        "receipt": ids.new_receipt(),
        "channel": "web",
        "language": "en",
        "phone_sealed": private.seal(phone) if phone else None,
        "phone_hash": private.keyed_hash(phone) if phone else None,
        "digest": "0" * 64,
        "received_at": clock.now(),
    }
    return Submission.objects.create(**{**said, **fields})


def make_case(world: World, status: Status = Status.WAITING, *, askers: int = 1, **fields: Any) -> Case:
    """Open a Case as triage would, with its askers and its first Event."""
    now = clock.now()
    ended = (
        {"is_open": False, "ended_at": now}
        if status in {Status.CLOSED, Status.DECLINED, Status.WITHDRAWN}
        else {}
    )
    if status in {Status.RESOLVED, Status.CLOSED}:
        ended["resolved_at"] = now
    owner = None if status in {Status.TRIAGE, Status.RETURNED} else world.grid
    known = {"service": world.service, "agency": owner, "channel": "web", "opened_at": now, "changed_at": now}
    if owner is not None:
        known |= {"dispatched_at": now, "handed_at": now}
    case = Case.objects.create(status=status, **{**known, **ended, **fields})
    for _ in range(askers):
        make_asker(case)
    changes.opened(case, SYSTEM).save(force_insert=True)
    return case


def make_asker(case: Case, **fields: Any) -> Asker:
    submission = make_submission(**fields)
    return Asker.objects.create(
        case=case, first_case=case, submission=submission, phone_hash=submission.phone_hash
    )


def make_photo(**fields: Any) -> Photo:
    said = {
        "sha256": "0" * 64,
        "width": 4,
        "height": 3,
        "bytes_count": 9,
        "path": "x.webp",
        "created_at": clock.now(),
    }
    return Photo.objects.create(**{**said, **fields})
