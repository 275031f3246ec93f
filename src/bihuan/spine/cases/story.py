"""What happened to a Case, told from its Events: to the asker in plain words, to staff in full."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bihuan.spine.accounts.models import Agency
from bihuan.spine.audit.models import ActorKind, Event
from bihuan.spine.cases.models import Asker, Case, Caught, Note, NoteKind, Promised, Whom
from bihuan.spine.cases.words import DEEDS, LABELS, TOLD
from bihuan.spine.door.models import Photo

FOR_ASKERS = frozenset({NoteKind.REPLY, NoteKind.QUESTION, NoteKind.ANSWER, NoteKind.DISAGREE})
OF_ASKERS = frozenset({NoteKind.ANSWER, NoteKind.DISAGREE})
BEGINNINGS = frozenset({"opened", "enter"})
HISTORY = 300


@dataclass(frozen=True)
class Step:
    """One line of the asker's story."""

    at: datetime
    verb: str
    words: str
    note: str
    photo: Photo | None
    who: str


@dataclass(frozen=True)
class Line:
    """One line of the history for staff."""

    at: datetime
    verb: str
    label: str
    words: str
    who: str
    note: Note | None
    event_id: int
    detail: dict[str, Any] = field(default_factory=dict)


def story(case: Case, asker: Asker | None = None) -> list[Step]:
    """Tell a Case's steps in plain words; with an asker whose Case was merged, from that one's beginning on.

    Whom a banner caught is told what was known, and the whole story of the fault: also what was done before.
    """
    events = _events_for(case, asker)
    notes = _notes_of(events)
    agencies = _agencies_of(events)
    shared = case.askers.count() > 1
    caught = Caught.objects.filter(asker=asker).select_related("banner").first() if asker else None
    if caught is None:
        return [_step(event, notes, agencies, shared) for event in events]
    known = [_step(event, notes, agencies, shared) for event in events if event.verb not in BEGINNINGS]
    return sorted([*known, _joined(caught)], key=lambda step: step.at)


def _joined(caught: Caught) -> Step:
    return Step(
        caught.at, "joined", _("This is known. Your ask counts with it."), caught.banner.words, None, ""
    )


def _events_for(case: Case, asker: Asker | None) -> list[Event]:
    told = Event.objects.filter(verb__in=TOLD).order_by("at", "id")
    if asker is None or asker.first_case_id == case.pk:
        return list(_without_others(told.filter(case_id=case.pk)))
    before = list(told.filter(case_id=asker.first_case_id))
    since = before[-1].at if before else case.opened_at
    return before + list(_without_others(told.filter(case_id=case.pk, at__gte=since)))


def _without_others(events: QuerySet[Event]) -> QuerySet[Event]:
    """Leave out that other askers' Cases were merged into this one or left it: nothing changes for this asker."""
    return events.exclude(verb="merge", detail__has_key="from").exclude(
        verb="unmerge", detail__has_key="back"
    )


def _step(event: Event, notes: dict[int, Note], agencies: dict[int, Agency], shared: bool) -> Step:
    note = notes.get(event.detail.get("note_id") or 0)
    if note is not None and not _is_for_asker(note, shared):
        note = None
    agency = agencies.get(event.agency_id or 0)
    who = agency.name if agency else _("The hotline")
    return Step(
        at=event.at,
        verb=event.verb,
        words=str(TOLD[event.verb]) % {"who": who},
        note=note.text if note else "",
        photo=note.photo if note else None,
        who=who,
    )


def _is_for_asker(note: Note, shared: bool) -> bool:
    """Say whether an asker may read a note: what another asker wrote stays between that one and the office."""
    return note.kind in FOR_ASKERS and not (shared and note.kind in OF_ASKERS)


def history(case: Case, limit: int = HISTORY) -> list[Line]:
    """Tell staff what happened to a Case, oldest first, with all notes; of very much, the latest."""
    events = list(
        Event.objects.filter(case_id=case.pk).select_related("actor").order_by("-at", "-id")[:limit]
    )
    events.reverse()
    notes = _notes_of(events)
    return [_line(event, notes.get(event.detail.get("note_id") or 0)) for event in events]


def _line(event: Event, note: Note | None) -> Line:
    who = who_acted(event)
    deed = str(DEEDS.get(event.verb, event.verb))
    return Line(
        at=event.at,
        verb=event.verb,
        label=str(LABELS.get(event.verb, event.verb)),
        words=_words(deed % {"who": who} if "%(" in deed else deed, event),
        who=who,
        note=note,
        event_id=event.pk,
        detail=event.detail,
    )


def _words(deed: str, event: Event) -> str:
    if rungs := event.detail.get("rungs"):
        return _("%(deed)s: %(rungs)s") % {"deed": deed, "rungs": _(", ").join(map(_rung, rungs))}
    return _("%(deed)s, suggested and taken") % {"deed": deed} if event.detail.get("suggested") else deed


def _rung(rung: Mapping[str, Any]) -> str:
    whom = str(Whom(rung["whom"]).label) if rung["told"] else _("nobody was on duty")
    return f"{Promised(rung['promise']).label} {rung['percent']} % → {whom}"


def who_acted(event: Event) -> str:
    """Return who acted, as staff may read it."""
    if event.actor is not None:
        return str(event.actor)
    return _("the asker") if event.actor_kind == ActorKind.ASKER else _("the system")


def _notes_of(events: Iterable[Event]) -> dict[int, Note]:
    numbers = {event.detail["note_id"] for event in events if event.detail.get("note_id")}
    return Note.objects.select_related("photo", "author").in_bulk(numbers)


def _agencies_of(events: Iterable[Event]) -> dict[int, Agency]:
    return Agency.objects.in_bulk({event.agency_id for event in events if event.agency_id})
