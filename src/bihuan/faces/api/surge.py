"""Many deeds at once, shed services, canned answers and the forecast, for programs of the offices."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from bihuan.faces.api.deeds import Said, found
from bihuan.faces.api.pages import Paged, Turned
from bihuan.faces.api.shapes import Named, named
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import CannedAnswer, Service, Shedding
from bihuan.spine.cases.queries.paging import page
from bihuan.spine.cases.surge import bulk, canned, forecast, loads, shedding

router = Router(tags=["surge"])

Verb = Literal[
    "assign", "transfer", "accept", "return_to_triage", "hold", "resume", "reply", "resolve", "reclassify",
    "set_priority", "note", "unshelve", "sort",
]  # fmt: skip
# What has to come with each verb, and what may.
TAKES: dict[str, tuple[str, ...]] = {
    "assign": ("agency",), "transfer": ("agency", "reason"), "return_to_triage": ("reason",),
    "hold": ("question",), "reply": ("reply",), "resolve": ("reply",), "reclassify": ("service",),
    "set_priority": ("priority",), "note": ("text",), "sort": ("service", "priority", "agency"),
}  # fmt: skip
MAY_TAKE = {"assign": ("reason",)}


class ToMany(Said):
    """One verb for up to 200 Cases. The same ``key`` sent again does nothing twice; 8 to 64 characters."""

    verb: Verb
    cases: list[int] = Field(min_length=1, max_length=bulk.MOST)
    key: str = Field("", max_length=bulk.KEY_LIMIT)
    agency: str | None = None
    service: str | None = None
    priority: str | None = None
    reason: str | None = None
    question: str | None = None
    reply: str | None = None
    text: str | None = None
    canned: int | None = None


class AnswerOut(Schema):
    """``outcome``: ``done``, ``refused`` or ``first`` (somebody was first); ``is_repeat``: done earlier by this key."""

    case: int
    outcome: str
    words: str
    is_repeat: bool


class AnswersOut(Schema):
    items: list[AnswerOut]
    done: int


class SheddingOut(Schema):
    id: int
    service: Named
    words_zh: str
    words_en: str
    from_at: datetime
    until_at: datetime | None


class SheddingsOut(Paged):
    items: list[SheddingOut]


class ToShed(Said):
    service: str
    words_zh: str
    words_en: str = ""
    until_at: datetime | None = None


class CannedOut(Schema):
    id: int
    title: str
    text_zh: str
    text_en: str
    service: str | None
    agency: str | None


class CannedsOut(Paged):
    items: list[CannedOut]


class OutlookOut(Schema):
    """Minutes from ``counted_at``; null means not within 24 hours. ``more``: how many more people prevent it."""

    counted_at: datetime
    waiting: int
    overdue: int
    people: int
    pace_per_hour: float
    coming_per_hour: float
    earliest_min: int | None
    likely_min: int | None
    latest_min: int | None
    more: int | None


@router.post("/cases/bulk", response=AnswersOut, summary="One verb on up to 200 Cases, each judged alone")
def do_bulk(request: StaffRequest, said: ToMany) -> dict[str, Any]:
    answers = bulk.do_many(_order(request.auth, said), said.cases)
    items = [
        {"case": one.case_id, "outcome": one.outcome, "words": one.words, "is_repeat": one.is_repeat}
        for one in answers
    ]
    return {"items": items, "done": sum(one["outcome"] == "done" for one in items)}


def _order(by: User, said: ToMany) -> bulk.Order:
    answer = found(CannedAnswer, "canned", pk=said.canned) if said.canned is not None else None
    if answer is not None and not canned.offered(by).filter(pk=answer.pk).exists():
        raise Refused(_("There is no such entry."), code="no_canned", field="canned")
    values = _values(said, text_from_canned=answer is not None)
    return bulk.Order(said.verb, by, values, answer, said.key)


def _values(said: ToMany, *, text_from_canned: bool) -> dict[str, Any]:
    """Return what the verb takes; refuses what is missing, and what it does not know."""
    needed = set(TAKES.get(said.verb, ()))
    if text_from_canned:
        needed -= {bulk.TEXTS.get(said.verb, "")}
    given = said.dict(exclude={"verb", "cases", "key", "canned"}, exclude_none=True)
    for name in sorted(needed - given.keys()):
        raise Refused(_("This is missing."), code="missing", field=name)
    for name in sorted(given.keys() - needed - set(MAY_TAKE.get(said.verb, ()))):
        raise Refused(_("This does not go with it."), code="unknown", field=name)
    return {name: _ROWS[name](value) if name in _ROWS else value for name, value in given.items()}


_ROWS: dict[str, Callable[[str], Any]] = {
    "agency": lambda code: found(Agency, "agency", code=code),
    "service": lambda code: found(Service, "service", code=code),
}


@router.get("/shed", response=SheddingsOut, summary="The services that are not taken just now")
def list_shed(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    live = Shedding.objects.filter(pk__in=[one.pk for one in shedding.live().values()])
    rows, following = page(live.select_related("service"), turned.cursor, turned.limit, "id")
    return {"items": [_shed_out(one) for one in rows], "next": following}


@router.post("/shed/begin", response={201: SheddingOut}, summary="Stop taking a service for a while")
def shed(request: StaffRequest, said: ToShed) -> Status[dict[str, Any]]:
    _check_surge(request.auth)
    service = found(Service, "service", code=said.service)
    kept = said.dict(exclude={"service"})
    return Status(201, _shed_out(shedding.shed(service=service, by=request.auth, **kept)))


@router.post("/shed/{int:shedding_id}/end", response=SheddingOut, summary="Take the service again")
def end_shed(request: StaffRequest, shedding_id: int) -> dict[str, Any]:
    _check_surge(request.auth)
    row = found(Shedding, "shedding", pk=min(shedding_id, 2**63 - 1))
    return _shed_out(shedding.end(shedding=row, by=request.auth))


def _check_surge(by: User) -> None:
    """Refuse before anything is looked up: whoever may not shed learns nothing of what there is."""
    if not by.may(Permission.SURGE):
        raise Forbidden(_("Your role does not allow shedding services."))


def _shed_out(one: Shedding) -> dict[str, Any]:
    names = ("id", "words_zh", "words_en", "from_at", "until_at")
    return {name: getattr(one, name) for name in names} | {"service": named(one.service)}


@router.get("/canned", response=CannedsOut, summary="The canned answers that one may give")
def list_canned(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    offered = canned.offered(request.auth).select_related("service", "agency")
    rows, following = page(offered, turned.cursor, turned.limit, "id")
    return {"items": [canned_said(one) for one in rows], "next": following}


def canned_said(one: CannedAnswer) -> dict[str, Any]:
    """Return a canned answer as lists show it."""
    names = ("id", "title", "text_zh", "text_en")
    return {name: getattr(one, name) for name in names} | {
        "service": one.service.code if one.service else None,
        "agency": one.agency.code if one.agency else None,
    }


@router.get("/forecast", response=OutlookOut, summary="When one's own queue will be late at this rate")
def show_forecast(request: StaffRequest) -> dict[str, Any]:
    known = loads.load_of(request.auth)
    if known is None:
        raise Refused(_("Nothing has been counted yet."), code="uncounted")
    load, counted_at = known
    seen = forecast.outlook(load)
    return {
        "counted_at": counted_at,
        "waiting": load.waiting,
        "overdue": load.overdue,
        "people": load.people,
        "pace_per_hour": round(seen.pace, 1),
        "coming_per_hour": round(seen.coming, 1),
        **{name: getattr(seen, name) for name in ("earliest_min", "likely_min", "latest_min", "more")},
    }
