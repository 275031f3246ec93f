"""Turning Submissions into Cases, a batch at a time.

A batch is read and thought through without a lock, then claimed and written in one short transaction, so that
the door is kept waiting as little as possible. Of two workers that took up the same Submission only the
one that finds it still untriaged opens a Case; a killed worker leaves it as it was. A Submission that spoils the
batch is opened alone, and when that fails too it is put before a person.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet

from bihuan.kernel import clock
from bihuan.spine.audit.actions import SYSTEM, record_many
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import changes, gist, telling
from bihuan.spine.cases.banners.catching import catch
from bihuan.spine.cases.models import Asker, Case, Pause, Service, Shedding
from bihuan.spine.cases.placing import Placed, place_of
from bihuan.spine.cases.promises import clocks
from bihuan.spine.cases.rules import Decision, Rulebook
from bihuan.spine.cases.states import Priority, Status
from bihuan.spine.cases.surge import shedding
from bihuan.spine.door.models import Submission
from bihuan.spine.messages import actions as messages
from bihuan.spine.messages.models import Message
from bihuan.spine.messages.wording import plain_language
from bihuan.spine.places.atlas import Atlas
from bihuan.spine.places.queries import atlas

BATCH = 200
UNSORTABLE = ("无法自动分拣，请人工查看", "could not be sorted by itself; a person has to look")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opening:
    """A Submission, and the Case that is to be opened for it."""

    submission: Submission
    case: Case
    rule_number: int | None = None
    shed: Shedding | None = None


def triage_all() -> int:
    """Open a Case for every Submission that has none; return how many."""
    total = 0
    while opened := open_cases():
        total += opened
    return total


def open_cases(limit: int = BATCH) -> int:
    """Open Cases for the Submissions that came first, at most ``limit``; return how many."""
    batch = list(_untriaged().order_by("id")[:limit])
    if not batch:
        return 0
    openings = think(batch)
    try:
        return len(_write(openings))
    except (DataError, IntegrityError, ValueError) as error:
        # One row that the database refuses must not keep the others waiting.
        log.warning("A batch of %d was refused, opening one by one: %s", len(batch), type(error).__name__)
        opened = sum(map(_open_alone, batch))
        if not opened:
            raise
        return opened


def triage_one(submission: Submission) -> Case:
    """Open the Case of one Submission now; where a worker was quicker, return the one that it opened."""
    if opened := _write(think([submission]), is_waiting=True):
        return opened[0]
    return Asker.objects.select_related("case").get(submission=submission).case


def _untriaged() -> QuerySet[Submission]:
    return Submission.objects.filter(triaged_at__isnull=True)


# --- Thinking: nothing is written ----------------------------------------------------------------------


def think(batch: Iterable[Submission]) -> list[Opening]:
    """Decide service, place, owner, priority and clocks for each Submission."""
    rulebook, city, terms, shed = Rulebook.load(), atlas(), clocks.terms(), shedding.live()
    return [_opening(submission, rulebook, city, terms, shed) for submission in batch]


def _opening(
    submission: Submission, rulebook: Rulebook, city: Atlas, terms: clocks.Terms, shed: Mapping[int, Shedding]
) -> Opening:
    try:
        place = place_of(submission, city)
        service = rulebook.services.get(submission.service)
        zone = terms.zones.state_at(
            place.found.lon, place.found.lat, place.found.site_id, submission.received_at
        )
        decision = rulebook.decide(service, place.found, gist.words_of(submission), zone)
        case = _case(submission, service, place, decision)
        case.zone_state = zone
        why_later = _shelve(case, shed)
        return Opening(submission, _with_clocks(case, terms), decision.rule_number, why_later)
    except Exception:
        log.exception("Submission %s could not be sorted", submission.pk)
        return _set_aside(submission, terms)


def _case(submission: Submission, service: Service | None, place: Placed, decision: Decision) -> Case:
    case = _blank(submission)
    case.service, case.agency = service, decision.agency
    case.status = Status.WAITING if decision.agency else Status.TRIAGE
    case.priority = decision.priority
    case.owner_reason_zh, case.owner_reason_en = decision.reason_zh, decision.reason_en
    case.summary = gist.summary_of(submission, service)
    case.place = submission.site
    for name, value in place.fields.items():
        setattr(case, name, value)
    return case


def _shelve(case: Case, shed: Mapping[int, Shedding]) -> Shedding | None:
    """Put a Case onto the shelf when its service is shed and it can wait; return why."""
    why_later = shed.get(case.service_id) if case.service_id is not None else None
    if why_later is None or not shedding.is_for_shelf(case):
        return None
    case.status = Status.SHELVED
    return why_later


def _set_aside(submission: Submission, terms: clocks.Terms) -> Opening:
    """Put a Submission before a person, with nothing of it in the Case that could do harm again."""
    case = _blank(submission)
    case.owner_reason_zh, case.owner_reason_en = UNSORTABLE
    return Opening(submission, _with_clocks(case, terms))


def _blank(submission: Submission) -> Case:
    # The asker's clock runs from when the ask came in, not from when we got round to it.
    return Case(
        status=Status.TRIAGE,
        priority=Priority.NORMAL,
        channel=submission.channel,
        opened_at=submission.received_at,
        changed_at=clock.now(),
    )


def _with_clocks(case: Case, terms: clocks.Terms) -> Case:
    for name, value in clocks.start(case, clock.now(), terms).items():
        setattr(case, name, value)
    return case


# --- Writing: one short transaction ---------------------------------------------------------------------


def _open_alone(submission: Submission) -> int:
    for openings in (think([submission]), [_set_aside(submission, clocks.terms())]):
        try:
            return len(_write(openings))
        except (DataError, IntegrityError, ValueError) as error:
            # The database repeats the row in its message, with all that somebody wrote: that is not for the log.
            log.error("Submission %s was refused by the database: %s", submission.pk, type(error).__name__)
    return 0


@transaction.atomic
def _write(openings: Sequence[Opening], *, is_waiting: bool = False) -> list[Case]:
    mine = _claim([opening.submission.pk for opening in openings], is_waiting=is_waiting)
    openings = [opening for opening in openings if opening.submission.pk in mine]
    joined, openings = catch(openings)
    cases = Case.objects.bulk_create(opening.case for opening in openings)
    Asker.objects.bulk_create(asker_of(opening) for opening in openings)
    paused = _stop_clocks(openings)
    record_many(event_of(opening, paused.get(opening.case.pk)) for opening in openings)
    messages.send_many(notice for opening in openings for notice in notices_of(opening))
    return [*joined, *cases]


def _claim(numbers: list[int], *, is_waiting: bool) -> set[int]:
    """Mark Submissions as triaged and return those that were ours to mark.

    PostgreSQL locks the rows, and passes over those that another worker has locked; SQLite's
    transactions take turns.
    """
    locked = _untriaged().select_for_update(skip_locked=not is_waiting)
    mine = set(locked.filter(pk__in=numbers).values_list("pk", flat=True))
    Submission.objects.filter(pk__in=mine).update(triaged_at=clock.now())
    return mine


def asker_of(opening: Opening) -> Asker:
    """Tie the Submission to its Case."""
    submission, case = opening.submission, opening.case
    return Asker(case=case, first_case=case, submission=submission, phone_hash=submission.phone_hash)


def _stop_clocks(openings: Iterable[Opening]) -> dict[int, Pause]:
    """Let the clocks of Cases on the shelf stand still from the beginning; return the pauses by Case."""
    shelved = [one.case for one in openings if one.shed]
    pauses = Pause.objects.bulk_create(Pause(case=case, from_at=case.opened_at) for case in shelved)
    return {pause.case_id: pause for pause in pauses}


def event_of(opening: Opening, pause: Pause | None = None) -> Event:
    """Tell the audit that the Case was opened, and by which rule it has its owner."""
    detail: dict[str, Any] = {"submission": opening.submission.pk, "rule": opening.rule_number}
    if pause is not None and opening.shed is not None:
        rows: changes.Rows = {}
        changes.created(rows, pause)
        detail |= {"shed": opening.shed.pk, "rows": rows}
    return changes.opened(opening.case, SYSTEM, detail)


def notices_of(opening: Opening) -> list[Message]:
    """Tell the asker that the ask has come in, and the agency at once of what is urgent."""
    case = opening.case
    if opening.shed is not None:
        words = shedding.words_in(opening.shed, plain_language(opening.submission.language))
        notice = telling.draft(case, opening.submission, "received_shelved", words)
        return [notice] if notice else []
    drafts = [telling.draft(case, opening.submission, "received" if case.service else "received_unsorted")]
    if case.agency and case.priority == Priority.URGENT:
        drafts.append(telling.draft_for_agency(case, "agency_new"))
    return [message for message in drafts if message is not None]
