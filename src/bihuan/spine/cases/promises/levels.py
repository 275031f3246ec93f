"""Which service level a Case has: the first line that fits, of the version that was in force when it came.

A version in force never changes again. A city in which nobody has agreed on anything yet begins with the field's
standard times. Whoever opens many Cases reads the book once for all of them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from bihuan.kernel import clock
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.cases.models import Agreement, AgreementStatus, Calendar, Case, Level, Service
from bihuan.spine.cases.promises import calendars, standard
from bihuan.spine.cases.promises.timetables import CITY, DAY_MIN
from bihuan.spine.cases.registry import Promise, registry
from bihuan.spine.places.models import ZoneState

STEP = 10
MINUTES = ("dispatch_min", "accept_min", "reply_min", "resolve_min")

Key = tuple[int | None, str, str, str, int]


class Book:
    """The lines of one version, ready to be asked often."""

    def __init__(self, levels: Iterable[Level]) -> None:
        self.levels = sorted(levels, key=lambda level: level.order)
        # Between two of these minutes of the day the same lines fit.
        edges = {
            minute
            for level in self.levels
            for minute in (level.from_min, level.until_min)
            if minute is not None
        }
        self._edges = sorted(edges)
        self._found: dict[Key, Level | None] = {}

    def choose(self, case: Case, service: Service | None) -> Level | None:
        """Return the line for a Case that came in at its ``opened_at``; None where no line fits."""
        urgency = service.urgency if service else ""
        return self.find(
            service.pk if service else None, urgency, case.priority, case.zone_state, case.opened_at
        )

    def find(
        self, service_id: int | None, urgency: str, priority: str, zone_state: str, opened_at: datetime
    ) -> Level | None:
        """Return the line with the lowest order that fits."""
        minute = minute_of_day(opened_at)
        zone = zone_state or ZoneState.NORMAL
        key = (service_id, urgency, priority, zone, bisect_right(self._edges, minute))
        if key not in self._found:
            fits = (
                level for level in self.levels if _fits(level, service_id, urgency, priority, zone, minute)
            )
            self._found[key] = next(fits, None)
        return self._found[key]


def minute_of_day(instant: datetime) -> int:
    """Return what the city's clocks show, in minutes since midnight."""
    here = instant.astimezone(CITY)
    return here.hour * 60 + here.minute


def _fits(level: Level, service_id: int | None, urgency: str, priority: str, zone: str, minute: int) -> bool:
    return (
        level.service_id in (None, service_id)
        and level.urgency in ("", urgency)
        and level.priority in ("", priority)
        and level.zone_state in ("", zone)
        and _is_within(level, minute)
    )


def _is_within(level: Level, minute: int) -> bool:
    start, until = level.from_min, level.until_min
    if start is None or until is None or start == until % DAY_MIN:
        return True
    return start <= minute < until if start < until else minute >= start or minute < until


# --- The version in force -----------------------------------------------------------------------------


def book() -> Book:
    """Return the lines in force."""
    return Book(lines_of(in_force()))


def lines_of(agreement: Agreement) -> list[Level]:
    """Return the lines of a version in their order, with what they refer to."""
    return list(agreement.levels.select_related("calendar", "service").order_by("order"))


def in_force() -> Agreement:
    """Return the version in force; the standard times where there is none yet."""
    return _in_force() or ensure()


def _in_force() -> Agreement | None:
    return Agreement.objects.filter(status=AgreementStatus.IN_FORCE).first()


def ensure() -> Agreement:
    """Put the standard times in force where nothing is; of two that do it at once one wins."""
    try:
        with transaction.atomic():
            return _in_force() or _first()
    except IntegrityError:
        return Agreement.objects.get(status=AgreementStatus.IN_FORCE)


def _first() -> Agreement:
    now = clock.now()
    number = (Agreement.objects.aggregate(Max("number"))["number__max"] or 0) + 1
    agreement = Agreement.objects.create(
        number=number, status=AgreementStatus.IN_FORCE, made_at=now, in_force_from=now
    )
    lines = list(_first_lines(agreement))
    for place, line in enumerate(lines, 1):
        line.order = place * STEP
    Level.objects.bulk_create(lines)
    record(by=SYSTEM, verb="level_begun", subject=agreement, detail={"number": number, "lines": len(lines)})
    return agreement


def _first_lines(agreement: Agreement) -> Iterator[Level]:
    """Give the closer promises of single services, then the classes, then a line that fits everything."""
    known = calendars.ensure()
    services = Service.objects.in_bulk(field_name="code")
    for code, spec in registry.services.items():
        for priority, promise in spec.promises.items():
            if service := services.get(code):
                closer = _closer(standard.LEVELS[service.urgency, priority], promise)
                yield _line(agreement, known, closer, service=service, priority=priority)
    for (urgency, priority), times in standard.LEVELS.items():
        yield _line(agreement, known, times, urgency=urgency, priority=priority)
    yield _line(agreement, known, standard.UNSORTED)


def _closer(times: standard.Times, promise: Promise) -> standard.Times:
    """Return the standard times as far as a service does not promise more."""
    return standard.Times(
        min(times.dispatch_min, promise.accept_min),
        promise.accept_min,
        min(times.reply_min, promise.resolve_min),
        promise.resolve_min,
        times.calendar,
    )


def _line(
    agreement: Agreement, known: dict[Any, Calendar], times: standard.Times, **conditions: Any
) -> Level:
    minutes = {name: getattr(times, name) for name in MINUTES}
    return Level(agreement=agreement, calendar=known[times.calendar], **minutes, **conditions)
