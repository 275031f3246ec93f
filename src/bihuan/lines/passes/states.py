"""The life of a pass and of a trip, and the two tables of allowed moves."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bihuan.spine.accounts.permissions import Permission


class Status(TextChoices):
    APPLIED = "applied", _("waiting for review")
    ASKED = "asked", _("waiting for the applicant")
    SECOND = "second", _("waiting for the second reviewer")
    ISSUED = "issued", _("valid")
    SUSPENDED = "suspended", _("suspended")
    DECLINED = "declined", _("not granted")
    WITHDRAWN = "withdrawn", _("taken back by the applicant")
    LAPSED = "lapsed", _("lapsed: a question was not answered")
    REVOKED = "revoked", _("revoked")
    REPLACED = "replaced", _("replaced by another pass")
    EXPIRED = "expired", _("run out")


S = Status
OPEN = (S.APPLIED, S.ASKED, S.SECOND)
"""Applications that nobody has decided yet."""
REVIEWED = (S.APPLIED, S.SECOND)
"""Whose clock runs."""
LIVE = (*OPEN, S.ISSUED, S.SUSPENDED)
"""Of these a vehicle has at most one on a route."""
NUMBERED = (S.ISSUED, S.SUSPENDED, S.REVOKED, S.REPLACED, S.EXPIRED)
ENDED = tuple(one for one in S if one not in LIVE)


@dataclass(frozen=True)
class Move:
    """One verb: from which statuses to which, and which permission staff need; ``is_applicants``: they may too."""

    sources: tuple[Status, ...]
    target: Status
    permission: Permission | None = None
    is_applicants: bool = False


P = Permission
MOVES: dict[str, Move] = {
    "ask": Move(REVIEWED, S.ASKED, P.PASSES),
    "answer": Move((S.ASKED,), S.APPLIED, P.PASSES, is_applicants=True),
    "second": Move((S.APPLIED,), S.SECOND, P.PASSES),
    "issue": Move(REVIEWED, S.ISSUED, P.PASSES),
    "decline": Move(OPEN, S.DECLINED, P.PASSES),
    "withdraw": Move(OPEN, S.WITHDRAWN, P.PASSES, is_applicants=True),
    "suspend": Move((S.ISSUED,), S.SUSPENDED, P.PASS_RULES),
    "restore": Move((S.SUSPENDED,), S.ISSUED, P.PASS_RULES),
    "revoke": Move((S.ISSUED, S.SUSPENDED), S.REVOKED, P.PASS_RULES),
    "extend": Move((S.ISSUED,), S.ISSUED, P.PASSES),
    "replace": Move((S.ISSUED, S.SUSPENDED), S.REPLACED, P.PASSES),
    "lapse": Move((S.ASKED,), S.LAPSED),
    "expire": Move((S.ISSUED, S.SUSPENDED), S.EXPIRED),
}


class Step(TextChoices):
    """What a trip of the closed loop is looked at for, in this order; ``point`` only where goods are handed over."""

    NOTICED = "noticed", _("announced")
    GATE = "gate", _("in by the gate")
    POINT = "point", _("at the transfer point")
    HANDED = "handed", _("handed over")
    OUT = "out", _("out again")


class TripStatus(TextChoices):
    NOTICED = "noticed", _("announced")
    INSIDE = "inside", _("inside")
    AT_POINT = "at_point", _("at the transfer point")
    RETURNING = "returning", _("on the way out")
    OUT = "out", pgettext_lazy("trip", "out")
    CANCELLED = "cancelled", _("did not come")


T = TripStatus
UNDER_WAY = (T.INSIDE, T.AT_POINT, T.RETURNING)
GOING_ON = (T.NOTICED, *UNDER_WAY)

STEPS: dict[Step, tuple[tuple[TripStatus, ...], TripStatus]] = {
    Step.GATE: ((T.NOTICED,), T.INSIDE),
    Step.POINT: ((T.INSIDE,), T.AT_POINT),
    Step.HANDED: ((T.AT_POINT,), T.RETURNING),
    Step.OUT: (UNDER_WAY, T.OUT),
}
"""From which statuses a step leads to which."""
