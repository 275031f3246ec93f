"""The rates as pages read them: cells summed by one dimension, each share with its numbers, rank and score."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Sum

from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases.closing import weeks
from bihuan.spine.cases.closing.measures import MEASURES, RATES, RULES, SMALL, THREE, Rate
from bihuan.spine.cases.models import RateCell, RateWeek, Service
from bihuan.spine.cases.queries.access import scope
from bihuan.spine.places.models import District

DIMENSIONS: dict[str, type[Agency] | type[District] | type[Service]] = {
    "agency": Agency,
    "district": District,
    "service": Service,
}
SHOWN_WEEKS = 8
MOST_WEEKS = 53
NONE = "-"
"""The code of Cases that have no agency, district or service."""

Counts = dict[str, int]


@dataclass(frozen=True)
class Scope:
    """Which Cases a table is about: weeks from Monday to Monday, both included, and codes that narrow it."""

    since: date
    until: date
    agency: str = ""
    district: str = ""
    service: str = ""

    @property
    def codes(self) -> dict[str, str]:
        return {name: code for name in DIMENSIONS if (code := getattr(self, name))}


@dataclass(frozen=True)
class Share:
    """A rate with its numbers; None of none. ``is_small``: of so few that it says little."""

    rate: Rate
    part: int
    whole: int

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def is_small(self) -> bool:
        return self.whole < SMALL


@dataclass
class Line:
    """One row of a table: an agency, a district, a service or a week, with everything counted of it."""

    code: str
    zh: str
    en: str
    counts: Counts
    rank: int | None = None

    @cached_property
    def shares(self) -> dict[str, Share]:
        return {rate.code: Share(rate, self.counts[rate.part], self.counts[rate.whole]) for rate in RATES}

    @property
    def is_small(self) -> bool:
        return self.counts["cases"] < SMALL

    @property
    def score(self) -> float | None:
        """The three rates by the city's weights, from 0 to 1; None where one of them is of too few."""
        return score_of([self.shares[code] for code in THREE])


def score_of(shares: Iterable[Share], given: dict[str, float] | None = None) -> float | None:
    """Weigh shares by the city's weights; None where one that has a weight is of too few."""
    weights = given or settings.BIHUAN_RATE_WEIGHTS
    weighed = [share for share in shares if weights.get(share.rate.code)]
    if not weighed or any(share.is_small for share in weighed):
        return None
    total = sum(weights[share.rate.code] for share in weighed)
    return sum(weights[share.rate.code] * (share.value or 0) for share in weighed) / total


@dataclass
class Table:
    """All that a page shows: everything together, the lines, the weeks, and what was left out by which rule."""

    total: Line
    lines: list[Line]
    weeks: list[Line]
    excluded: Counts = field(default_factory=dict)
    counted_at: datetime | None = None


def table(user: User | None, wanted: Scope, by: str) -> Table:
    """Sum the cells that this person may see by one dimension; for everybody where there is no person."""
    cells = _cells(user, wanted)
    counted = cells.filter(rule="")
    lines = _ranked([*_by(counted, by)])
    out = cells.exclude(rule="").order_by().values_list("rule").annotate(n=Sum("cases"))
    left_out = dict(out)
    return Table(
        total=Line("", "", "", _sum(counted)),
        lines=lines,
        weeks=_by_week(counted),
        excluded={code: left_out.get(code, 0) for code in RULES},
        counted_at=RateWeek.objects.order_by("-counted_at").values_list("counted_at", flat=True).first(),
    )


def _cells(user: User | None, wanted: Scope) -> QuerySet[RateCell]:
    cells = RateCell.objects.filter(week_id__gte=wanted.since, week_id__lte=wanted.until)
    seen = scope(user) if user else None
    if seen is not None:
        own = cells.filter(agency_id__in=[number for number in seen if number is not None])
        cells = own | cells.filter(agency=None) if None in seen else own
    for name, code in wanted.codes.items():
        cells = cells.filter(**{f"{name}_id": id_of(name, code)})
    return cells


def id_of(dimension: str, code: str) -> int | None:
    """Return the number that goes with a code; None for "none", -1 for an unknown one, which finds nothing."""
    if code == NONE:
        return None
    found = DIMENSIONS[dimension]._default_manager.filter(code=code)
    return found.values_list("pk", flat=True).first() or -1


def _sums() -> dict[str, Any]:
    return {f"sum_{name}": Sum(name) for name in MEASURES}


def _counts(row: dict[str, Any]) -> Counts:
    return {name: row[f"sum_{name}"] or 0 for name in MEASURES}


def _sum(cells: QuerySet[RateCell]) -> Counts:
    return _counts(cells.aggregate(**_sums()))


def _by(cells: QuerySet[RateCell], dimension: str) -> Iterable[Line]:
    rows = cells.order_by().values(f"{dimension}_id").annotate(**_sums())
    by_number = {row[f"{dimension}_id"]: _counts(row) for row in rows}
    model: Any = DIMENSIONS[dimension]
    named = model.objects.only("code", "name_zh", "name_en").in_bulk([n for n in by_number if n is not None])
    for number, counts in by_number.items():
        thing = named.get(number)
        code, zh, en = (thing.code, thing.name_zh, thing.name_en) if thing else (NONE, "", "")
        yield Line(code, zh, en, counts)


def _ranked(lines: list[Line]) -> list[Line]:
    """Put the best first and number them; those of too few come after, without a rank, the largest first."""
    scored = sorted(filter(_has_rank, lines), key=lambda one: (-(one.score or 0), one.code))
    for place, line in enumerate(scored, 1):
        line.rank = place
    rest = [one for one in lines if not _has_rank(one)]
    return [*scored, *sorted(rest, key=lambda one: (-one.counts["cases"], one.code))]


def _has_rank(line: Line) -> bool:
    """Say whether a line competes: what has no owner is nobody's merit."""
    return line.score is not None and line.code != NONE


def _by_week(cells: QuerySet[RateCell]) -> list[Line]:
    rows: Any = cells.order_by("week_id").values("week_id").annotate(**_sums())
    return [Line(weeks.name_of(row["week_id"]), "", "", _counts(row)) for row in rows]
