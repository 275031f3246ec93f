"""Finding and overseeing: search, groups to sort, the board, messages that failed, the audit, reports."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from bihuan.faces.api.afteraction import check_looking_back, told
from bihuan.faces.api.deeds import Said
from bihuan.faces.api.pages import Paged, Turned
from bihuan.faces.api.shapes import Brief, Named, brief, named
from bihuan.faces.api.signing import StaffRequest
from bihuan.faces.api.sorting import may
from bihuan.spine.accounts.permissions import Permission as P  # noqa: N817 - a table is read by its columns
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import queries
from bihuan.spine.cases.afteraction import reports
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.models.afteraction import Report
from bihuan.spine.cases.queries.access import LONG, RELATED
from bihuan.spine.cases.queries.paging import page
from bihuan.spine.cases.states import Status as State
from bihuan.spine.cases.surge.grouping import groups_of
from bihuan.spine.messages.models import Message, MessageStatus

router = Router(tags=["overseeing"])
LARGEST = 2**63 - 1
MOST_GROUPED = 2000
READINGS = Q(verb="reveal") | Q(verb="export")


class Sought(Said):
    """A number, a receipt, a telephone, or words."""

    text: str = Field(max_length=100)


class SoughtOut(Schema):
    items: list[Brief]


class GroupOut(Schema):
    """Cases of one service in one district that wait to be sorted; ``samples`` are some of their words."""

    service: Named | None
    district: Named | None
    samples: list[str]
    cases: list[int]


class GroupsOut(Schema):
    items: list[GroupOut]


class FiguresOut(Schema):
    """What the worker counted; empty before it has."""

    figures: dict[str, Any]


class FailedOut(Schema):
    """A message that could not be sent; words and Case only to who may see the Case."""

    id: int
    at: datetime
    channel: str
    subject: str
    case: int | None


class FailuresOut(Paged):
    items: list[FailedOut]


class AuditedOut(Schema):
    id: int
    at: datetime
    verb: str
    by: str
    actor: int | None
    case: int | None
    agency: int | None
    subject: str
    subject_id: int | None
    detail: dict[str, Any]


class AuditOut(Paged):
    items: list[AuditedOut]


class AuditWanted(Turned):
    """Of one Case everything that happened; without one, readings of personal data and exports."""

    case: int | None = Field(None, ge=0, le=LARGEST)


class PeriodIn(Said):
    since: AwareDatetime
    until: AwareDatetime
    agencies: list[int] = Field(default_factory=list)
    services: list[int] = Field(default_factory=list)
    kinds: list[str] = Field(default_factory=list)


class ReportOut(Schema):
    """A report of a period; ``picture`` is whole once ``done_at`` is there."""

    id: int
    since: datetime
    until: datetime
    asked_at: datetime
    done_at: datetime | None
    counted: int
    total: int
    picture: dict[str, Any]


class ReportsOut(Paged):
    items: list[ReportOut]


@router.post("/cases/search", response=SoughtOut, summary="Find Cases by number, receipt, telephone or words")
def search_cases(request: StaffRequest, said: Sought) -> dict[str, Any]:
    may(request, P.VIEW_ALL, P.VIEW_OWN)
    return {"items": [brief(case) for case in queries.search(request.auth, said.text.strip())]}


@router.get("/cases/groups", response=GroupsOut, summary="What is to be sorted, in groups, the largest first")
def list_groups(request: StaffRequest) -> dict[str, Any]:
    may(request, P.TRIAGE)
    waiting = queries.visible_cases(request.auth).filter(status=State.TRIAGE, joint_since__isnull=True)
    cases = waiting.select_related(*RELATED).defer(*LONG).order_by("due_at", "id")[:MOST_GROUPED]
    return {"items": [_group(one.cases, one.samples) for one in groups_of(cases)]}


def _group(cases: list[Case], samples: list[str]) -> dict[str, Any]:
    first = cases[0]
    return {
        "service": named(first.service),
        "district": named(first.district),
        "samples": samples,
        "cases": [case.pk for case in cases],
    }


@router.get("/board", response=FiguresOut, summary="The figures of the commander's board")
def show_board(request: StaffRequest) -> dict[str, Any]:
    may(request, P.BOARD)
    return {"figures": queries.count_board()}


@router.get("/map", response=FiguresOut, summary="The figures of the city map, by cell")
def show_map(request: StaffRequest) -> dict[str, Any]:
    may(request, P.BOARD)
    return {"figures": queries.count_map()}


@router.get("/failed", response=FailuresOut, summary="Messages that could not be sent")
def list_failed(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    may(request, P.TRIAGE, P.STEER, P.RULES)
    failed = Message.objects.filter(status=MessageStatus.FAILED)
    rows, following = page(failed, turned.cursor, turned.limit, "-id")
    numbers = {row.case_id for row in rows if row.case_id}
    seen = set(queries.visible_cases(request.auth).filter(pk__in=numbers).values_list("pk", flat=True))
    return {"items": [_failed(row, row.case_id in seen) for row in rows], "next": following}


def _failed(row: Message, is_seen: bool) -> dict[str, Any]:
    shown = {"subject": row.subject, "case": row.case_id} if is_seen else {"subject": "", "case": None}
    return {"id": row.pk, "at": row.created_at, "channel": row.channel, **shown}


@router.get("/audit", response=AuditOut, summary="Readings of personal data; or all that happened to a Case")
def show_audit(request: StaffRequest, wanted: Query[AuditWanted]) -> dict[str, Any]:
    may(request, P.AUDIT)
    events = Event.objects.filter(READINGS if wanted.case is None else Q(case_id=wanted.case))
    rows, following = page(events, wanted.cursor, wanted.limit, "-id")
    return {"items": [_audited(row) for row in rows], "next": following}


def _audited(event: Event) -> dict[str, Any]:
    plain = {name: value for name, value in told(event).items() if name != "kind"}
    return plain | {"subject": event.subject_type, "subject_id": event.subject_id}


@router.get("/afteraction/reports", response=ReportsOut, summary="The reports that were asked for")
def list_reports(request: StaffRequest, turned: Query[Turned]) -> dict[str, Any]:
    check_looking_back(request)
    rows, following = page(Report.objects.all(), turned.cursor, turned.limit, "-id")
    return {"items": [_report(row) for row in rows], "next": following}


@router.post("/afteraction/reports", response={201: ReportOut}, summary="Ask for a report of a period")
def ask_report(request: StaffRequest, said: PeriodIn) -> Status[dict[str, Any]]:
    check_looking_back(request)
    window = reports.read_window(said.since, said.until, said.agencies, said.services, said.kinds)
    return Status(201, _report(reports.ask(window=window, by=request.auth)))


@router.get("/afteraction/reports/{int:report_id}", response=ReportOut, summary="How far a report is")
def show_report(request: StaffRequest, report_id: int) -> dict[str, Any]:
    check_looking_back(request)
    report = Report.objects.filter(pk=min(report_id, LARGEST)).first()
    if report is None:
        raise Http404
    return _report(report)


def _report(report: Report) -> dict[str, Any]:
    names = ("id", "asked_at", "done_at", "counted", "total", "picture")
    span = {"since": report.from_at, "until": report.until_at}
    return {name: getattr(report, name) for name in names} | span
