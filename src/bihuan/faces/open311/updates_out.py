"""What happened to requests, for systems that follow them: the steps that askers are told, oldest first.

The holder of a key hears of the Cases that came in by that key, and of those that this person may see at the desk.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from bihuan.faces.open311 import dates
from bihuan.faces.open311.creating import prefix_of
from bihuan.faces.open311.listing import MOST, span_of
from bihuan.faces.open311.showing import Record
from bihuan.faces.open311.statuses import OF_STATUS
from bihuan.kernel.xml import Value
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Asker, Note, NoteKind
from bihuan.spine.cases.queries import visible_cases
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.words import TOLD
from bihuan.spine.messages.wording import without_doors

SHOWN_KINDS = (NoteKind.REPLY, NoteKind.QUESTION)
STEPS = frozenset(TOLD) - {"opened"}


def list_updates(said: Mapping[str, str], holder: User, now: datetime) -> list[Value]:
    """Return the updates of a span; the first ``MOST`` of them, so that a reader can go on from the last."""
    span = span_of(said, now)
    steps = Event.objects.filter(verb__in=STEPS, at__gte=span.start, at__lte=span.end)
    events = list(steps.filter(_heard_by(holder)).order_by("at", "id")[:MOST])
    names, notes = _names_for(events, holder), _notes_of(events)
    agencies = Agency.objects.in_bulk({event.agency_id for event in events if event.agency_id})
    return [
        _record(event, number, notes.get(event.detail.get("note_id") or 0, ""), agencies)
        for event in events
        for number in names.get(event.case_id or 0, [event.case_id or 0])
    ]


def _heard_by(holder: User) -> Q:
    sent = sent_by(holder)
    own = Q(case_id__in=sent.values("case")) | Q(case_id__in=sent.values("first_case"))
    if holder.may(Permission.VIEW_ALL) or holder.may(Permission.VIEW_OWN):
        own |= Q(case_id__in=visible_cases(holder).values("pk"))
    return own


def sent_by(holder: User) -> QuerySet[Asker]:
    """Return the askers whose asks came in by somebody's key."""
    return Asker.objects.filter(submission__client_id__startswith=prefix_of(holder))


def _names_for(events: Iterable[Event], holder: User) -> dict[int, list[int]]:
    """Return under which numbers the holder knows Cases: one that was merged is followed under its own."""
    names: dict[int, list[int]] = {}
    for case, first in (
        sent_by(holder)
        .filter(case__in={event.case_id for event in events})
        .values_list("case_id", "first_case_id")
    ):
        names.setdefault(case, []).append(first)
    return names


def _notes_of(events: Iterable[Event]) -> dict[int, str]:
    numbers = {event.detail["note_id"] for event in events if event.detail.get("note_id")}
    notes = Note.objects.filter(pk__in=numbers, kind__in=SHOWN_KINDS)
    return {note.pk: without_doors(note.text) for note in notes}


def _record(event: Event, number: int, words: str, agencies: Mapping[int, Agency]) -> Record:
    agency = agencies.get(event.agency_id or 0)
    return {
        "update_id": f"{event.pk}-{number}",
        "service_request_id": str(number),
        "status": OF_STATUS[Status(event.detail["status"])].value,
        "updated_datetime": dates.show(event.at),
        "description": words or str(TOLD[event.verb]) % {"who": agency.name if agency else ""},
        "media_url": None,
    }
