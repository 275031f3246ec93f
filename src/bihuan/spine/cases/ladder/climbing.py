"""The ladder's tick: Cases whose next rung is reached, found through one index at the cost of what is due.

Each rung of each promise is climbed once: its row is unique, and the Case is locked and looked at again before. Of
two workers one climbs; a killed one leaves the Case as it was. A Case that can't be dealt with is put off, so
that it keeps no other from its turn.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import changes
from bihuan.spine.cases.ladder import joint, notices
from bihuan.spine.cases.ladder.finding import DutyBook, Found
from bihuan.spine.cases.ladder.rungs import active
from bihuan.spine.cases.models import Case, Climb, JointReason, Rung, Whom
from bihuan.spine.cases.promises.clocks import next_rung, runs_of
from bihuan.spine.cases.promises.runs import Run
from bihuan.spine.messages import actions as messages
from bihuan.spine.messages.models import Message

BATCH = 200
TOGETHER = 20  # Cases in one transaction: officers wait for it, so it is short
PUT_OFF_S = 600

Fields = dict[str, Any]

log = logging.getLogger(__name__)


def climb_due(limit: int = BATCH) -> int:
    """Climb what is reached by now, the oldest first; return how many Cases were looked at."""
    numbers = list(due(clock.now()).values_list("pk", flat=True)[:limit])
    rungs = active()
    for since in range(0, len(numbers), TOGETHER):
        _climb_all(numbers[since : since + TOGETHER], rungs)
    return len(numbers)


def due(now: datetime) -> QuerySet[Case]:
    """Return the Cases whose next rung is reached, the oldest first."""
    return Case.objects.filter(next_rung_at__isnull=False, next_rung_at__lte=now).order_by("next_rung_at")


@transaction.atomic
def _climb_all(numbers: list[int], rungs: list[Rung]) -> None:
    now = clock.now()
    book = DutyBook(now)
    # Those that an officer or another worker is just writing have their turn at the next tick.
    locked = due(now).select_for_update(of=("self",), skip_locked=True).filter(pk__in=numbers)
    related = ("service", "agency", "district", "officer__agency", "officer__role", "level__calendar")
    for case in locked.select_related(*related):
        try:
            with transaction.atomic():
                climb(case, rungs, book, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("The ladder can't deal with case %s; it is put off.", case.pk)
            put_off: Fields = {"next_rung_at": now + clock.lasting(PUT_OFF_S)}
            changes.write(case, "climbed", SYSTEM, detail={"rungs": []}, **put_off)


def climb(case: Case, rungs: list[Rung], book: DutyBook, now: datetime) -> list[Climb]:
    """Climb every rung that a locked Case has reached and say when the next one comes."""
    runs = runs_of(case, now)
    there = set(case.climbs.values_list("promise", "percent", "begins_at", "minutes"))
    climbs = [
        _reach(case, run, rung, book, now)
        for run in runs
        if run.is_ticking
        for rung in rungs
        if _is_reached(run, rung, now)
        and (run.promise, rung.percent, run.begins_at, run.minutes) not in there
    ]
    fields: Fields = {"next_rung_at": next_rung(runs, [rung.percent for rung in rungs], now)}
    if _has_to_join(case, climbs):
        _join(case, climbs, now)
        fields["joint_since"] = now
    Climb.objects.bulk_create(climbs)
    _tell(case, climbs, book)
    changes.write(case, "climbed", SYSTEM, detail={"rungs": [_plain(one) for one in climbs]}, **fields)
    return climbs


def _is_reached(run: Run, rung: Rung, now: datetime) -> bool:
    at = run.at_percent(rung.percent)
    return at <= now and (rung.since is None or rung.since <= at)


def _reach(case: Case, run: Run, rung: Rung, book: DutyBook, now: datetime) -> Climb:
    # Before anybody has taken it in hand, the person on duty is its owner.
    meant = Whom.DUTY if rung.whom == Whom.OWNER and case.officer_id is None else rung.whom
    found = Found(Whom.JOINT, ()) if meant == Whom.JOINT else book.find(case, meant)
    # Only of a promise that runs, which has both.
    assert run.begins_at is not None
    assert run.due_at is not None
    return Climb(
        case=case,
        promise=run.promise,
        percent=rung.percent,
        begins_at=run.begins_at,
        minutes=run.minutes,
        due_at=run.due_at,
        meant=meant,
        whom=found.whom,
        told=[person.pk for person in found.people],
        at=now,
    )


def _join(case: Case, climbs: Iterable[Climb], now: datetime) -> None:
    people = joint.put(case, JointReason.LATE, now)
    for climb in climbs:
        if climb.whom == Whom.JOINT:
            climb.told = [person.pk for person in people]


def _tell(case: Case, climbs: Iterable[Climb], book: DutyBook) -> None:
    """Tell each person once of each promise: of the highest rung, where several were reached at one time."""
    highest: dict[tuple[int, str], tuple[User, Climb]] = {}
    for climb in climbs:
        for person in book.find(case, climb.meant).people if climb.whom != Whom.JOINT else ():
            highest[person.pk, climb.promise] = person, climb
    drafts: list[Message] = []
    for person, climb in highest.values():
        drafts += notices.of_climb(person, case, climb)
    messages.send_many(drafts)


def _has_to_join(case: Case, climbs: Iterable[Climb]) -> bool:
    """Say whether the Case goes to the joint check: at that rung, or late with nobody on duty up to the top."""
    if case.joint_since is not None:
        return False
    return any(one.whom == Whom.JOINT or (not one.told and one.percent >= notices.LATE) for one in climbs)


def _plain(climb: Climb) -> dict[str, object]:
    told = {"promise": climb.promise, "percent": climb.percent, "whom": climb.whom, "told": climb.told}
    return told | ({"meant": climb.meant} if climb.meant != climb.whom else {})
