"""Writing the audit: one Event for each thing that somebody does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from bihuan.kernel.clock import now
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import ActorKind, Event

Subject = Model | tuple[str, int | None]


@dataclass(frozen=True)
class Actor:
    """Who acts when it is no member of staff: the asker, or the system by itself."""

    kind: ActorKind


ASKER = Actor(ActorKind.ASKER)
SYSTEM = Actor(ActorKind.SYSTEM)


def draft(
    *,
    by: User | Actor,
    verb: str,
    subject: Subject,
    case_id: int | None = None,
    agency_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Event:
    """Make an Event without writing it, for ``record_many``. ``detail`` holds ids and codes, nothing personal."""
    subject_type, subject_id = _named(subject)
    return Event(
        at=now(),
        actor_kind=by.kind if isinstance(by, Actor) else ActorKind.STAFF,
        actor_id=None if isinstance(by, Actor) else by.pk,
        verb=verb,
        subject_type=subject_type,
        subject_id=subject_id,
        case_id=case_id,
        agency_id=agency_id,
        detail=dict(detail or {}),
    )


def record(
    *,
    by: User | Actor,
    verb: str,
    subject: Subject,
    case_id: int | None = None,
    agency_id: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Event:
    """Write one Event, in the transaction of the action that it tells of."""
    event = draft(by=by, verb=verb, subject=subject, case_id=case_id, agency_id=agency_id, detail=detail)
    event.save(force_insert=True)
    return event


def record_many(events: Iterable[Event]) -> list[Event]:
    """Write many drafts at once."""
    return Event.objects.bulk_create(events, batch_size=1000)


def _named(subject: Subject) -> tuple[str, int | None]:
    if isinstance(subject, tuple):
        return subject
    # A row whose key is no number (a photo) is named in the detail by whoever acts on it.
    return subject._meta.model_name or "", subject.pk if isinstance(subject.pk, int) else None
