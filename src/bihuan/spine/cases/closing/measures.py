"""What is counted of a Case, and what keeps it out: the one place that the counting and the lists read.

Each figure is a condition on one Case at an instant, so that a figure and the list of Cases behind it are the same
thing counted and fetched. ``docs/rates.md`` says the same in words, exact enough to count by.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bihuan.spine.cases.models import Content
from bihuan.spine.cases.promises.runs import BY, DONE
from bihuan.spine.cases.states import Status

Condition = Callable[[datetime], Q]
SMALL = 20
"""Below so many Cases a rate says little: it is shown grey, with its number, and has no rank."""


@dataclass(frozen=True)
class Exclusion:
    """A rule by which Cases are left out of the rates. The first that fits is the one that a Case is counted under."""

    code: str
    label: Promise
    why: Promise
    condition: Q


EXCLUSIONS = (
    Exclusion(
        "merged", _("merged into another case"), _("counted once, with its twin"), Q(status=Status.MERGED)
    ),
    Exclusion(
        "withdrawn", _("taken back by the asker"), _("nobody waited for an answer"), Q(status=Status.WITHDRAWN)
    ),
    Exclusion(
        "declined", _("declined"), _("can't or may not be done, so there is nothing to solve"),
        Q(status=Status.DECLINED),
    ),
    Exclusion(
        "self_raised", _("raised by staff"), _("no resident asked, so nobody can answer"), Q(is_self_raised=True)
    ),
    Exclusion(
        "unreachable", _("asker could not be reached"), _("tried at least three times, by somebody else"),
        Q(unreachable_at__isnull=False),
    ),
)  # fmt: skip
RULES = {rule.code: rule for rule in EXCLUSIONS}


# In these no clock runs, and nothing can fail.
STILL = frozenset({Status.HOLD, Status.SHELVED})


def is_counted() -> Q:
    """Return the condition that no rule keeps a Case out of the rates."""
    kept_out = Q()
    for rule in EXCLUSIONS:
        kept_out |= rule.condition
    return ~kept_out


def is_excluded_by(code: str) -> Q:
    """Return the condition that this rule keeps a Case out, none before it being in the way."""
    found = Q()
    for rule in EXCLUSIONS:
        if rule.code == code:
            return found & rule.condition
        found &= ~rule.condition
    raise KeyError(code)


def _kept(promise: str) -> Condition:
    by, done = BY[promise], DONE[promise]
    return lambda at: Q(**{f"{done}__isnull": False, f"{by}__isnull": False, f"{done}__lte": F(by)})


def _due(promise: str) -> Condition:
    """Decided: it has been kept or missed. What still runs, or stands still, counts for nothing yet."""
    by, done = BY[promise], DONE[promise]
    return lambda at: (
        Q(**{f"{by}__isnull": False})
        & (Q(**{f"{done}__isnull": False}) | (Q(**{f"{by}__lt": at}) & ~Q(status__in=STILL)))
    )


def _always(condition: Q) -> Condition:
    return lambda at: condition


RESOLVED = Q(resolved_at__isnull=False) | Q(reopened_count__gt=0)

MEASURES: dict[str, Condition] = {
    "cases": _always(Q(pk__isnull=False)),
    **{f"{promise}_due": _due(promise) for promise in BY},
    **{f"{promise}_kept": _kept(promise) for promise in BY},
    "answered": _always(Q(is_solved__isnull=False)),
    "solved": _always(Q(is_solved=True)),
    "rated": _always(~Q(content="")),
    "satisfied": _always(Q(content=Content.YES)),
    "returned": _always(Q(returned_count__gt=0)),
    "resolved": _always(RESOLVED),
    "redone": _always(Q(reopened_count__gt=0)),
}


def next_passing(at: datetime) -> Mapping[str, Q]:
    """Return for each promise's moment the condition that it is undecided and will pass by itself."""
    running = ~Q(status__in=STILL)
    return {by: running & Q(**{f"{DONE[name]}__isnull": True, f"{by}__gte": at}) for name, by in BY.items()}


@dataclass(frozen=True)
class Rate:
    """A share: so many of so many, both of them measures. ``is_good``: more is better."""

    code: str
    label: Promise
    part: str
    whole: str
    is_good: bool = True


RATES = (
    Rate("response", _("response"), "reply_kept", "reply_due"),
    Rate("resolution", _("resolution"), "solved", "answered"),
    Rate("satisfaction", _("satisfaction"), "satisfied", "rated"),
    Rate("dispatch", _("dispatched in time"), "dispatch_kept", "dispatch_due"),
    Rate("accept", _("accepted in time"), "accept_kept", "accept_due"),
    Rate("resolve", _("resolved in time"), "resolve_kept", "resolve_due"),
    Rate("return", _("returned"), "returned", "cases", is_good=False),
    Rate("redo", _("opened again"), "redone", "resolved", is_good=False),
)
THREE = ("response", "resolution", "satisfaction")
