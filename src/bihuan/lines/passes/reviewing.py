"""Deciding about applications: approve one or many, ask back, decline, take some to oneself."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.lines.passes import numbering, telling
from bihuan.lines.passes.kinds import Reason
from bihuan.lines.passes.models import Desk, Pass
from bihuan.lines.passes.moves import check_may, is_in_hand, move
from bihuan.lines.passes.states import REVIEWED, Status
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import draft, record_many

MOST_AT_ONCE = 200
DEALT_FOR = timedelta(minutes=15)
ISSUED_FIELDS = ("status", "number", "first_by", "issued_by", "decided_at", "dealt_until")


@dataclass(frozen=True)
class Decided:
    """What came of one of many: the pass as it now stands, or the word that says why nothing was done."""

    pass_id: int
    pass_: Pass | None = None
    problem: str = ""


# --- Approving ---------------------------------------------------------------------------------------------


def approve(*, pass_: Pass, by: User) -> Pass:
    """Approve one application: it is issued, or goes on to the second reviewer; refuses with the reason."""
    check_may(by, pass_, "issue")
    done = approve_many(pass_ids=[pass_.pk], by=by)[0]
    if done.pass_ is None:
        raise Conflict(done.problem, code="not_approved")
    return done.pass_


@transaction.atomic
def approve_many(*, pass_ids: Sequence[int], by: User) -> list[Decided]:
    """Approve many at once, each by itself: what can't be approved is named and keeps no other waiting."""
    if len(pass_ids) > MOST_AT_ONCE:
        raise Refused(_("At most %(count)d at once, please.") % {"count": MOST_AT_ONCE}, code="many")
    rows = _take_in_hand(pass_ids, by)
    told = _Approval(by)
    for desk_goods, group in _by_goods(rows).items():
        told.decide(desk_goods, group)
    told.write()
    found = {one.pass_id: one for one in told.decided}
    gone = _("Somebody was first, or it is not at your desk.")
    return [found.get(number, Decided(number, problem=gone)) for number in pass_ids]


def _take_in_hand(pass_ids: Sequence[int], by: User) -> list[Pass]:
    """Lock, by writing, what of these waits for a review; what somebody decided in the meantime is not among them."""
    now = clock.now()
    waiting = Pass.objects.filter(pk__in=pass_ids, status__in=REVIEWED)
    if not by.may(Permission.PASSES) or not waiting.update(dealt_to=by, dealt_until=now):
        return []
    rows = Pass.objects.filter(pk__in=pass_ids, status__in=REVIEWED, dealt_to=by, dealt_until=now)
    order = {number: place for place, number in enumerate(pass_ids)}
    mine = [one for one in rows.select_related("agency") if is_in_hand(by, one)]
    return sorted(mine, key=lambda one: order[one.pk])


def _by_goods(rows: Iterable[Pass]) -> dict[str, list[Pass]]:
    groups: dict[str, list[Pass]] = defaultdict(list)
    for row in rows:
        groups[row.goods].append(row)
    return groups


class _Approval:
    """One round of approving: what is issued, what goes to a second pair of eyes, what is refused."""

    def __init__(self, by: User) -> None:
        self.by, self.now = by, clock.now()
        self.decided: list[Decided] = []
        self._changed: list[Pass] = []

    def decide(self, goods: str, rows: list[Pass]) -> None:
        """Decide about applications of one class of goods, in their order."""
        desk = Desk.objects.filter(goods=goods).first()
        needs_second, quota = (desk.needs_second, desk.daily_quota) if desk else (False, None)
        ready = [row for row in rows if self._is_fit(row)]
        first = [row for row in ready if needs_second and row.status == Status.APPLIED]
        for row in first:
            row.status, row.first_by = Status.SECOND, self.by
            self._keep(row)
        rest = [row for row in ready if row not in first]
        given = numbering.take_quota(goods, localdate(self.now), quota, len(rest)) if rest else 0
        for row in rest[given:]:
            self._refuse(row, _("Today's quota for these goods is used up."))
        self._issue(rest[:given])

    def _is_fit(self, row: Pass) -> bool:
        if row.valid_until <= self.now:
            self._refuse(row, _("The time that was asked for is over."))
        elif row.status == Status.SECOND and row.first_by_id == self.by.pk:
            self._refuse(row, _("You looked at it first; another person has to look now."))
        else:
            return True
        return False

    def _issue(self, rows: list[Pass]) -> None:
        areas: dict[str, list[Pass]] = defaultdict(list)
        for row in rows:
            areas[row.destination_code].append(row)
        for area, group in sorted(
            areas.items()
        ):  # in one order, so that two rounds never wait for each other
            numbers = numbering.take_numbers(area, len(group))
            for row, number in zip(group, numbers, strict=True):
                row.number, row.status, row.issued_by = number, Status.ISSUED, self.by
                row.decided_at = self.now
                self._keep(row)

    def _keep(self, row: Pass) -> None:
        row.dealt_until = None
        self._changed.append(row)
        self.decided.append(Decided(row.pk, row))

    def _refuse(self, row: Pass, why: str) -> None:
        self.decided.append(Decided(row.pk, problem=why))

    def write(self) -> None:
        """Write all of it: the rows, an Event each, the words to the applicants."""
        Pass.objects.bulk_update(self._changed, ISSUED_FIELDS, batch_size=100)
        verbs = {Status.ISSUED: "pass_issue", Status.SECOND: "pass_second"}
        record_many(
            draft(by=self.by, verb=verbs[Status(row.status)], subject=row, agency_id=row.agency_id)
            for row in self._changed
        )
        telling.tell_many("pass_issued", [row for row in self._changed if row.status == Status.ISSUED])


# --- One at a time -------------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, pass_: Pass, text: str, by: User) -> Pass:
    """Ask the applicant something; the clock stands still until the answer."""
    if not text.strip():
        raise Refused(_("What do you ask?"), code="empty", field="text")
    now = clock.now()
    fresh = Pass.objects.get(pk=pass_.pk)
    left = round((fresh.due_at - now).total_seconds()) if fresh.due_at else 0
    asked = move(
        pass_=fresh, verb="ask", by=by, words=text, only_if={"due_at": fresh.due_at}, due_at=None, left_s=left,
        asked_at=now, dealt_to=by, dealt_until=None, first_by=None,
    )  # fmt: skip
    telling.tell("pass_asked", asked, text)
    return asked


@transaction.atomic
def decline(*, pass_: Pass, reason: str, by: User, text: str = "") -> Pass:
    """Decline an application; refuses without a reason, which the applicant is told."""
    why = reason_of(reason)
    declined = move(
        pass_=pass_, verb="decline", by=by, words=text or str(why.label), detail={"reason": why.value},
        reason=why.value, decided_at=clock.now(), dealt_to=by, dealt_until=None,
    )  # fmt: skip
    telling.tell("pass_declined", declined, text or str(why.label))
    return declined


def reason_of(code: str) -> Reason:
    """Return the reason; refuses what is none."""
    if code not in Reason.values:
        raise Refused(_("Say why."), code="reason", field="reason")
    return Reason(code)


@transaction.atomic
def deal(*, pass_ids: Sequence[int], by: User) -> int:
    """Take some of the queue to oneself for a quarter of an hour, so that two do not read the same; return how many."""
    now = clock.now()
    rows = Pass.objects.filter(free(by, now), pk__in=pass_ids, status__in=REVIEWED)
    return rows.update(dealt_to=by, dealt_until=now + DEALT_FOR)


def free(by: User, now: datetime) -> Q:
    """Return which of the queue nobody else has before them."""
    return Q(dealt_until=None) | Q(dealt_until__lte=now) | Q(dealt_to=by)
