"""What the API shows, as JSON: no name, telephone or door number in the clear."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from bihuan.kernel.ids import format_receipt
from bihuan.spine.accounts.models import User
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Asker, Assignment, Case, Task
from bihuan.spine.cases.reading import masked
from bihuan.spine.cases.states import Status

ASKERS = 200


class Named(Schema):
    """A thing of the city: its code, and its name in the reader's language."""

    code: str
    name: str


class Brief(Schema):
    """A Case as it stands in a list."""

    id: int
    status: str
    status_words: str
    priority: str
    is_open: bool
    service: Named | None
    agency: Named | None
    district: Named | None
    officer: str
    channel: str
    summary: str
    place: str
    lon: float | None
    lat: float | None
    opened_at: datetime
    due_at: datetime | None
    breached_at: datetime | None
    changed_at: datetime
    ended_at: datetime | None
    outcome: str


class Listed(Schema):
    """A page of Cases; ``next`` is the cursor of the following one."""

    items: list[Brief]
    next: str | None


class AskerOut(Schema):
    """Somebody who asked, masked; ``submission`` is what a reading of personal data is asked for."""

    submission: int
    receipt: str
    first_case: int
    channel: str
    text: str
    answers: dict[str, Any]
    name: str
    phone: str
    has_door: bool
    photos: list[UUID]
    received_at: datetime


class AskersOut(Schema):
    """A page of askers; ``next`` is what ``after`` takes."""

    items: list[AskerOut]
    next: int | None


class AssignmentOut(Schema):
    id: int
    status: str
    team: str | None
    person: str | None
    from_at: datetime
    until_at: datetime | None


class TaskOut(Schema):
    id: int
    title: str
    status: str
    assignments: list[AssignmentOut]


class LineOut(Schema):
    """One line of the history."""

    at: datetime
    verb: str
    words: str
    who: str
    note: str
    note_kind: str
    photo: UUID | None


class AllowedOut(Schema):
    verb: str
    label: str
    is_allowed: bool
    why_not: str


class Whole(Brief):
    """A Case with everything its page shows."""

    owner_reason: str
    accept_by: datetime | None
    resolve_by: datetime | None
    closes_at: datetime | None
    returned_count: int
    reopened_count: int
    parent: int | None
    merged_into: int | None
    children: list[int]
    asker_count: int
    askers: list[AskerOut]
    tasks: list[TaskOut]
    history: list[LineOut]
    allowed: list[AllowedOut]


class Done(Brief):
    """A Case after a verb; ``made`` is the number of the task, assignment or child Case that came of it."""

    made: int | None


def named(thing: Any) -> Named | None:
    return Named(code=thing.code, name=thing.name) if thing else None


def brief(case: Case) -> dict[str, Any]:
    """Return what a list shows of a Case."""
    plain = ("id", "status", "priority", "is_open", "channel", "summary", "place", "lon", "lat", "opened_at",
             "due_at", "breached_at", "changed_at", "ended_at", "outcome")  # fmt: skip
    return {name: getattr(case, name) for name in plain} | {
        "status_words": str(Status(case.status).label),
        "service": named(case.service),
        "agency": named(case.agency),
        "district": named(case.district),
        "officer": str(case.officer or ""),
    }


def whole(case: Case, user: User) -> dict[str, Any]:
    """Return a Case with its askers, tasks, history, and what this person may do with it."""
    plain = ("owner_reason", "accept_by", "resolve_by", "closes_at", "returned_count", "reopened_count")
    tasks = case.tasks.prefetch_related("assignments__team", "assignments__person").order_by("id")
    return {
        **brief(case),
        **{name: getattr(case, name) for name in plain},
        "parent": case.parent_id,
        "merged_into": case.merged_into_id,
        "children": list(case.children.order_by("id").values_list("id", flat=True)),
        "asker_count": case.askers.count(),
        "askers": askers(case),
        "tasks": [_task(task) for task in tasks],
        "history": [_line(line) for line in queries.history(case)],
        "allowed": [vars(each) for each in queries.allowed(case=case, by=user)],
    }


def askers(case: Case, after: int = 0, limit: int = ASKERS) -> list[dict[str, Any]]:
    """Return the first askers of a Case, or those after one whose Submission is named."""
    found = case.askers.select_related("submission").prefetch_related("submission__photos").order_by("id")
    if after:
        last = case.askers.filter(submission_id=after).values("pk")[:1]
        found = found.filter(pk__gt=last)
    return [_asker(asker) for asker in found[:limit]]


def _asker(asker: Asker) -> dict[str, Any]:
    submission = asker.submission
    return {
        "submission": submission.pk,
        "receipt": format_receipt(submission.receipt),
        "first_case": asker.first_case_id,
        "channel": submission.channel,
        "text": submission.text,
        "answers": submission.answers,
        "photos": [photo.pk for photo in submission.photos.all()],
        "received_at": submission.received_at,
        **vars(masked(submission)),
    }


def _task(task: Task) -> dict[str, Any]:
    sent = sorted(task.assignments.all(), key=lambda each: each.pk)
    return {
        "id": task.pk,
        "title": task.title,
        "status": task.status,
        "assignments": [_sent(s) for s in sent],
    }


def _sent(assignment: Assignment) -> dict[str, Any]:
    return {
        "id": assignment.pk,
        "status": assignment.status,
        "team": str(assignment.team) if assignment.team else None,
        "person": str(assignment.person) if assignment.person else None,
        "from_at": assignment.from_at,
        "until_at": assignment.until_at,
    }


def _line(line: queries.Line) -> dict[str, Any]:
    note = line.note
    return {
        "at": line.at,
        "verb": line.verb,
        "words": line.words,
        "who": line.who,
        "note": note.text if note else "",
        "note_kind": note.kind if note else "",
        "photo": note.photo_id if note else None,
    }
