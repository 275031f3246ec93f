"""Reading passes: who may see which, the queue page by page, one by its number, plate or receipt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from bihuan.kernel import clock
from bihuan.kernel.ids import is_receipt, plain_receipt
from bihuan.lines.passes.models import Desk, Pass, Trip
from bihuan.lines.passes.plates import plain_plate
from bihuan.lines.passes.reviewing import free
from bihuan.lines.passes.states import GOING_ON, REVIEWED, Status
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import is_own, own_agencies

PAGE = 50
COUNTED_TO = 1000
LARGEST_ID = 2**63 - 1
FOUND = 50
TABS = {"review": Status.APPLIED, "second": Status.SECOND, "asked": Status.ASKED}


# --- Who may see which -------------------------------------------------------------------------------------


def visible_passes(user: User) -> QuerySet[Pass]:
    """Return the passes of a person's own desk and those below; of every desk for the one-stop desk and overseers."""
    if _sees_all(user):
        return Pass.objects.select_related("agency")
    if not (user.may(Permission.PASSES) or user.may(Permission.PASS_RULES)):
        return Pass.objects.none()
    return Pass.objects.select_related("agency").filter(agency__in=own_agencies(user))


def _sees_all(user: User) -> bool:
    if user.may(Permission.PASSES) and user.may(Permission.PASS_DESK):
        return True
    return user.may(Permission.VIEW_ALL) and user.may(Permission.BOARD)


def access_pass(user: User, pass_id: int) -> Pass:
    """Return one pass; 404 where this person may not know of it."""
    found = visible_passes(user).filter(pk=min(pass_id, LARGEST_ID)).first()
    if found is None:
        raise Http404
    return found


def access_receipt(receipt: str) -> Pass:
    """Return the pass of a receipt, for its applicant; 404 where there is none."""
    found = Pass.objects.select_related("agency").filter(receipt=receipt).first()
    if found is None:
        raise Http404
    return found


# --- The queue -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class After:
    """The place in the queue where a page begins: behind this row."""

    lane: str
    due_at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.lane}_{self.due_at.timestamp():.6f}_{self.pk}"

    @classmethod
    def parse(cls, text: str) -> "After | None":
        """Read what ``str`` wrote; None for anything else."""
        try:
            lane, at, pk = text.split("_")
            return cls(lane[:1], datetime.fromtimestamp(float(at), UTC), int(pk))
        except (ValueError, OverflowError, OSError):
            return None

    def rest(self) -> Q:
        """Return what lies behind."""
        same = Q(lane=self.lane)
        return (
            Q(lane__gt=self.lane)
            | same & Q(due_at__gt=self.due_at)
            | same & Q(due_at=self.due_at, pk__gt=self.pk)
        )


@dataclass(frozen=True)
class Page:
    """A page of the queue: its rows, and where the next one begins."""

    rows: list[Pass]
    following: str = ""


def list_queue(
    user: User, status: str = Status.APPLIED, *, after: After | None = None, agency: Agency | None = None,
    is_free: bool = False, limit: int = PAGE,
) -> Page:  # fmt: skip
    """Return a page of the queue: the express lane first, then what is due first. Each is a range of one index."""
    parts = [_part(user, status, one, after, is_free)[: limit + 1] for one in _desks(user, agency)]
    rows = (
        list(islice(merge(*parts, key=_place), limit + 1))
        if len(parts) > 1
        else [row for part in parts for row in part]
    )
    if len(rows) <= limit:
        return Page(rows)
    last = rows[limit - 1]
    assert last.due_at
    return Page(rows[:limit], str(After(last.lane, last.due_at, last.pk)))


def _desks(user: User, agency: Agency | None) -> list[Agency | None]:
    """Return the desks whose queues make this person's; None stands for all of them in one."""
    if agency is not None:
        return [agency] if _sees_all(user) or is_own(user, agency) else []
    if _sees_all(user):
        return [None]
    if not user.may(Permission.PASSES):
        return []
    return list(own_agencies(user).filter(pk__in=Desk.objects.values("agency")))


def _part(user: User, status: str, agency: Agency | None, after: After | None, is_free: bool) -> Any:
    # Of a desk that is this person's nothing more need be asked: the page stays a range of its one index.
    rows = (
        visible_passes(user)
        if agency is None
        else Pass.objects.select_related("agency").filter(agency=agency)
    )
    rows = rows.filter(status=status)
    rows = rows.filter(free(user, clock.now())) if is_free else rows
    rows = rows.exclude(first_by=user) if status == Status.SECOND else rows
    rows = rows.filter(lane__gte=after.lane).filter(after.rest()) if after else rows
    return rows.order_by("lane", "due_at", "pk")


def _place(row: Pass) -> tuple[Any, ...]:
    return row.lane, row.due_at, row.pk


def list_asked(user: User, limit: int = PAGE) -> list[Pass]:
    """Return what waits for its applicant, the longest first."""
    return list(visible_passes(user).filter(status=Status.ASKED).order_by("asked_at", "pk")[:limit])


def list_dealt(user: User) -> list[Pass]:
    """Return what this person has taken to themselves and not decided yet."""
    mine = visible_passes(user).filter(status__in=REVIEWED, dealt_to=user, dealt_until__gt=clock.now())
    return list(mine.order_by("lane", "due_at", "pk"))


def count_queue(user: User) -> dict[str, int]:
    """Return how many wait in each tab, counted up to a thousand: nobody reads farther, and counting all is slow."""
    return {
        tab: sum(
            visible_at(user, one).filter(status=status)[: COUNTED_TO + 1].count()
            for one in _desks(user, None)
        )
        for tab, status in TABS.items()
    }


def visible_at(user: User, agency: Agency | None) -> QuerySet[Pass]:
    """Return what is visible of one desk; of all for None."""
    rows = visible_passes(user).order_by()
    return rows if agency is None else rows.filter(agency=agency)


def list_trips(user: User, limit: int = PAGE * 4) -> list[Trip]:
    """Return the trips that go on, of a person's desks: who must be out soonest first, then who is expected."""
    rows = Trip.objects.filter(status__in=GOING_ON, about__in=visible_passes(user).values("pk"))
    rows = rows.select_related("about__agency", "gate", "point", "case")
    return list(rows.order_by(F("deadline_at").asc(nulls_last=True), "expected_at")[:limit])


def access_trip(user: User, trip_id: int) -> Trip:
    """Return one trip; 404 where this person may not know of it."""
    rows = Trip.objects.filter(about__in=visible_passes(user).values("pk"))
    found = rows.select_related("about__agency").filter(pk=min(trip_id, LARGEST_ID)).first()
    if found is None:
        raise Http404
    return found


# --- Finding ---------------------------------------------------------------------------------------------------


def find(user: User, typed: str) -> list[Pass]:
    """Return passes by number, receipt, number and check digit, or plate; the newest first."""
    plain, rows = plain_receipt(typed), visible_passes(user)
    if plain.isascii() and plain.isdigit():
        key = Q(number=plain[:12]) | (Q(receipt=plain) if is_receipt(plain) else Q(pk__in=[]))
    else:
        key = Q(plate=plain_plate(typed)) if plain_plate(typed) else Q(pk__in=[])
    return list(rows.filter(key).order_by("-applied_at")[:FOUND])


def list_others(pass_: Pass) -> list[Pass]:
    """Return the other passes of the same vehicle, the newest first: what a reviewer wants to know of it."""
    same = Pass.objects.select_related("agency").filter(plate=pass_.plate).exclude(pk=pass_.pk)
    return list(same.order_by("-applied_at")[:10]) if pass_.plate else []


def list_valid(user: User, limit: int = PAGE) -> list[Pass]:
    """Return what is valid now, soonest to run out first."""
    rows = visible_passes(user).filter(status=Status.ISSUED, valid_until__gt=clock.now())
    return list(rows.order_by("valid_until")[:limit])


# --- Figures ---------------------------------------------------------------------------------------------------


def count_late() -> int:
    """Return how many applications of the whole city are past their promise now: the tile on the board."""
    late = Pass.objects.filter(status__in=REVIEWED, due_at__lte=clock.now())
    return late.order_by()[: COUNTED_TO * 10].count()


def late_s(pass_: Pass) -> float | None:
    """Return by how many seconds a promise was broken, is broken now; None where it was kept or stands."""
    end = pass_.decided_at or clock.now()
    if pass_.due_at is None or end <= pass_.due_at:
        return None
    return (end - pass_.due_at).total_seconds()


def list_desks() -> Iterable[Desk]:
    """Return the desks in the order of the classes of goods."""
    return Desk.objects.select_related("agency").order_by("agency__path", "goods")


def valid_on(pass_: Pass) -> bool:
    """Say whether a pass is valid at this moment."""
    now = clock.now()
    return pass_.status == Status.ISSUED and pass_.valid_from <= now < pass_.valid_until
