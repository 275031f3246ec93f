"""What a draft would do to the open Cases, before it is put in force: who gets more time, who less, what is late."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Max

from bihuan.kernel import clock
from bihuan.spine.cases.models import Agreement, Case, Service
from bihuan.spine.cases.promises import recount
from bihuan.spine.cases.promises.columns import NULL, Counted
from bihuan.spine.cases.promises.timetables import us_of

MOST = 100_000
LISTED = 200


@dataclass
class Tally:
    """Some open Cases: how many there are, and what would become of them."""

    cases: int = 0
    more_time: int = 0
    less_time: int = 0
    newly_late: int = 0
    no_longer_late: int = 0


@dataclass
class Preview:
    """What a draft would do. ``late_numbers`` are the Cases that would become late, the first few hundred of them."""

    total: Tally = field(default_factory=Tally)
    by_service: dict[int | None, Tally] = field(default_factory=lambda: defaultdict(Tally))
    late_numbers: list[int] = field(default_factory=list)
    is_all: bool = True

    def services(self) -> list[tuple[Service | None, Tally]]:
        """Return the services with their tallies, those that change most first."""
        known = Service.objects.in_bulk([number for number in self.by_service if number is not None])
        pairs = [(known.get(number) if number else None, tally) for number, tally in self.by_service.items()]
        return sorted(pairs, key=lambda pair: -(pair[1].more_time + pair[1].less_time))


def preview(agreement: Agreement, most: int = MOST) -> Preview:
    """Count what a version would do to the open Cases, the oldest ``most`` of them; writes nothing."""
    found = Preview()
    for counted in _batches(agreement, most):
        _add(found, counted)
    found.is_all = found.total.cases < most
    return found


def _batches(agreement: Agreement, most: int) -> Iterator[Counted]:
    choose, after, left = recount.chooser(agreement), 0, most
    upto = Case.objects.aggregate(Max("id"))["id__max"] or 0
    while left > 0:
        rows = list(recount.open_rows(after, upto)[: min(left, recount.BATCH * 5)])
        if not rows:
            return
        yield recount.count_rows(rows, choose)
        after, left = rows[-1][0], left - len(rows)


def _add(found: Preview, counted: Counted) -> None:
    now = us_of(clock.now())
    was, will = counted.was, counted.now
    was_late = (was["due_at"] != NULL) & (was["due_at"] < now)
    will_be = (will["due_at"] != NULL) & (will["due_at"] < now)
    both = (was["resolve_by"] != NULL) & (will["resolve_by"] != NULL)
    columns = {
        "more_time": both & (will["resolve_by"] > was["resolve_by"]),
        "less_time": both & (will["resolve_by"] < was["resolve_by"]),
        "newly_late": will_be & ~was_late,
        "no_longer_late": was_late & ~will_be,
    }
    flags = {name: column.tolist() for name, column in columns.items()}
    for k, row in enumerate(counted.rows):
        for tally in (found.total, found.by_service[row[3]]):
            tally.cases += 1
            for name in columns:
                setattr(tally, name, getattr(tally, name) + flags[name][k])
        if flags["newly_late"][k] and len(found.late_numbers) < LISTED:
            found.late_numbers.append(row[0])
