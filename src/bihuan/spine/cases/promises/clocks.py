"""The four promises of a Case, side by side, and what each move does to them.

dispatch: an agency has it. accept: somebody there has taken it in hand. reply: the asker has heard of a person.
resolve: it is done. Each runs for so many minutes of its level's calendar from where it begins (the ask, the last
return to triage, the hand-over to the agency), not counting the pauses in which the asker's word was awaited. It
is computed anew from what happened, so no order of moves can lose a pause or count one twice, and a transfer does
not buy time. What is kept stays as it was judged. A pause does not undo a lateness that came before it.

Each function ``start`` and ``on_…`` returns the fields to write. ``due_at`` is the next promise that can fail.
"""

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bihuan.kernel import clock
from bihuan.spine.cases.models import Case, Level, Promised, Rung
from bihuan.spine.cases.promises import levels
from bihuan.spine.cases.promises.calendars import timetable
from bihuan.spine.cases.promises.runs import BY, DONE, PROMISES, Run, Span, State, due_after, next_rung
from bihuan.spine.cases.states import Status
from bihuan.spine.places.zones import ZoneMap, zones_since

__all__ = ["PROMISES", "Run", "State", "next_rung", "runs_of"]

Fields = dict[str, Any]

PERCENTS = (50, 80, 100, 150)
CONFIRM_WITHIN_H = 72
STANDING = frozenset({Status.HOLD, Status.RESOLVED, Status.SHELVED})
# An ask that came in before this is no longer judged by the zones of its day.
OLDEST = timedelta(days=30)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Terms:
    """What is in force: the service levels, at which shares of a promise the ladder acts, and the zones."""

    book: levels.Book
    percents: tuple[int, ...]
    zones: ZoneMap


def terms() -> Terms:
    """Read what is in force. A batch reads it once."""
    return Terms(levels.book(), percents(), zones_since(clock.now() - OLDEST))


def percents() -> tuple[int, ...]:
    """Return at which shares of a promise's time the ladder acts."""
    return tuple(Rung.objects.filter(is_active=True).values_list("percent", flat=True)) or PERCENTS


def runs_of(case: Case, now: datetime) -> list[Run]:
    """Return how each promise of a Case stands; nothing where it has no level yet."""
    return _runs(case, case.level, pauses_of(case, now), now) if case.level else []


def failed(case: Case) -> str:
    """Return which promise it is that ``due_at`` speaks of."""
    undone = (promise for promise in PROMISES if getattr(case, DONE[promise]) is None)
    return next((promise for promise in undone if getattr(case, BY[promise]) == case.due_at), "")


# --- What each move does ------------------------------------------------------------------------------


def start(case: Case, now: datetime, using: Terms | None = None) -> Fields:
    """Choose the level of a new Case and begin its clocks."""
    using = using or terms()
    zone = case.zone_state or using.zones.state_at(case.lon, case.lat, case.site_id, case.opened_at)
    case.zone_state = zone
    moved: Fields = {"zone_state": zone, "level": using.book.choose(case, case.service)}
    if case.agency_id is not None:
        moved |= {"dispatched_at": now, "handed_at": now}
    # Shares that have passed while the ask lay about count: whoever has to know is told at once.
    return _after(case, now, (), moved, shares=using.percents, rungs_after=case.opened_at)


def on_transfer(case: Case, now: datetime) -> Fields:
    """Give an agency its own time to accept; the promises to the asker stay what they were."""
    moved: Fields = {"handed_at": now, "accepted_at": None}
    if case.dispatched_at is None:
        moved["dispatched_at"] = now
    return _after(case, now, pauses_of(case, now), moved, status=Status.WAITING)


def on_return(case: Case, now: datetime) -> Fields:
    """Begin the time to find an agency anew, without what this one has used."""
    moved = {"returned_at": now, "dispatched_at": None, "handed_at": None, "accepted_at": None}
    return _after(case, now, pauses_of(case, now), moved, status=Status.RETURNED)


def on_accept(case: Case, now: datetime) -> Fields:
    """Keep the promise that somebody takes it in hand."""
    return _after(case, now, pauses_of(case, now), {"accepted_at": now}, status=Status.ACCEPTED)


def on_reply(case: Case, now: datetime) -> Fields:
    """Keep the promise of a first reply: a person's word has reached the asker."""
    return _after(case, now, pauses_of(case, now), _replied(case, now))


def on_hold(case: Case, now: datetime) -> Fields:
    """Stop the clocks: nothing can fail while the asker is asked. The question is a reply."""
    return _after(case, now, pauses_of(case, now), _replied(case, now), status=Status.HOLD)


def on_resume(case: Case, now: datetime) -> Fields:
    """Let the clocks run on with the minutes that were left. Call it while the Pause is still open."""
    return _after(case, now, pauses_of(case, now), {}, status=Status.WORKING)


def on_resolve(case: Case, now: datetime) -> Fields:
    """Stop the clocks and begin the wait for the asker's word."""
    wait_h = case.service.confirm_within_h if case.service else CONFIRM_WITHIN_H
    moved = {"resolved_at": now, "closes_at": now + timedelta(hours=wait_h), **_replied(case, now)}
    return _after(case, now, pauses_of(case, now), moved, status=Status.RESOLVED)


def on_reopen(case: Case, now: datetime) -> Fields:
    """Let the clocks run on from where they stood when the agency said "done"."""
    pauses = sorted([*pauses_of(case, now), *asked_since_resolved(case, now)])
    moved = {"is_open": True, "ended_at": None, "resolved_at": None, "closes_at": None}
    return _after(case, now, pauses, moved, status=Status.REOPENED)


def on_end(case: Case, now: datetime, *, is_reply: bool = False) -> Fields:
    """Stop every clock for good. A refusal that the asker reads is a reply."""
    stopped = {"due_at": None, "next_rung_at": None, "closes_at": None}
    return _missed(case, now) | stopped | (_replied(case, now) if is_reply else {})


def on_change(case: Case, now: datetime) -> Fields:
    """Follow a new service or priority: the promises as if it had been so from the beginning."""
    book = levels.Book(levels.lines_of(case.level.agreement)) if case.level else levels.book()
    return recomputed(case, now, book.choose(case, case.service))


def recomputed(case: Case, now: datetime, level: Level | None) -> Fields:
    """Return what a Case's clocks say by a level; also after its calendar was edited, or a merge taken back."""
    pauses, moved = pauses_of(case, now), {"level": level}
    fields = _after(case, now, pauses, moved)
    if any(_is_sooner(fields.get(name), getattr(case, name)) for name in BY.values()):
        # Shares that have passed by this change alone: nobody was told of them.
        return _after(case, now, pauses, moved, rungs_after=case.opened_at)
    return fields


def _is_sooner(becomes: datetime | None, was: datetime | None) -> bool:
    return becomes is not None and was is not None and becomes < was


def _replied(case: Case, now: datetime) -> Fields:
    return {} if case.replied_at else {"replied_at": now}


# --- Pauses -------------------------------------------------------------------------------------------


def pauses_of(case: Case, now: datetime) -> list[Span]:
    """Return the spans in which the clocks stood still, in their order; one still open ends now."""
    rows = case.pauses.values_list("from_at", "until_at") if case.pk else []
    return sorted((from_at, until_at or now) for from_at, until_at in rows)


def asked_since_resolved(case: Case, now: datetime) -> list[Span]:
    """Return the span in which the asker was asked whether it is done, for the Pause of a reopened Case."""
    return [(case.resolved_at, now)] if case.resolved_at else []


# --- From what happened to what is due ------------------------------------------------------------------


def _after(
    case: Case,
    now: datetime,
    pauses: Iterable[Span],
    moved: Fields,
    *,
    status: str = "",
    shares: tuple[int, ...] = (),
    rungs_after: datetime | None = None,
) -> Fields:
    """Return what moved, and every clock as it stands after it."""
    fields = _missed(case, now) | moved
    then = _as_it_will_be(case, {**moved, "status": status or case.status})
    if then.level is None:
        return fields
    runs = _runs(then, then.level, pauses, now)
    fields |= {"level": then.level} | {BY[run.promise]: run.due_at for run in runs}
    fields["due_at"] = min((run.due_at for run in runs if run.is_ticking and run.due_at), default=None)
    fields["next_rung_at"] = next_rung(runs, shares or percents(), rungs_after or _unserved(case, now))
    return fields


def _as_it_will_be(case: Case, fields: Fields) -> Case:
    then = copy.copy(case)
    for name, value in fields.items():
        setattr(then, name, value)
    if then.level is None:
        then.level = levels.book().choose(then, then.service)
    return then


def _unserved(case: Case, now: datetime) -> datetime:
    """Return after when a rung is still to be climbed: one that came just now may not have been seen yet."""
    waiting = case.next_rung_at
    return waiting - INSTANT if waiting is not None and waiting <= now else now


def _runs(case: Case, level: Level, pauses: Iterable[Span], now: datetime) -> list[Run]:
    stood = tuple(pauses)
    return [_run(case, level, promise, stood, now) for promise in PROMISES]


def _run(case: Case, level: Level, promise: str, pauses: tuple[Span, ...], now: datetime) -> Run:
    table, minutes = timetable(level.calendar), getattr(level, f"{promise}_min")
    begins_at, done_at = _begin(case, promise), getattr(case, DONE[promise])
    # What is kept or missed for good stays as it was judged, whatever is agreed later.
    judged = getattr(case, BY[promise]) if done_at else None
    due_at = judged or (due_after(table, begins_at, minutes, pauses) if begins_at else None)
    is_ticking = case.is_open and case.status not in STANDING and due_at is not None and done_at is None
    state = _state(case, due_at, done_at, now)
    return Run(promise, level.calendar, begins_at, minutes, pauses, due_at, done_at, state, is_ticking, table)


def _begin(case: Case, promise: str) -> datetime | None:
    if promise == Promised.DISPATCH:
        return case.returned_at or case.opened_at
    return case.handed_at if promise == Promised.ACCEPT else case.opened_at


def _state(case: Case, due_at: datetime | None, done_at: datetime | None, now: datetime) -> str:
    if due_at is None:
        return State.WAITING if case.is_open else State.NONE
    if done_at is not None:
        return State.KEPT if done_at <= due_at else State.MISSED
    if due_at < (case.ended_at or now):
        return State.MISSED
    if not case.is_open:
        return State.NONE
    return State.PAUSED if case.status in STANDING else State.RUNNING


def _missed(case: Case, now: datetime) -> Fields:
    """Keep that a promise has failed, where a move is quicker than the worker that looks for such."""
    if case.breached_at is None and case.due_at is not None and case.due_at < now:
        return {"breached_at": case.due_at}
    return {}
