"""What a trial came to, for the page and the API: counts for everybody, Cases for who may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases.models import Rule, Trial, TriedCase
from bihuan.spine.cases.queries.access import visible_cases

LISTED = 50


@dataclass(frozen=True)
class Shift:
    """How many Cases would go from one agency to another; None is the triage queue."""

    before: Agency | None
    after: Agency | None
    count: int

    @property
    def is_same_agency(self) -> bool:
        """Whether only the priority would be another one."""
        return self.before == self.after


@dataclass(frozen=True)
class Overlap:
    """Cases that one rule decided and a later one would have decided otherwise."""

    first: Rule
    second: Rule
    count: int


def shifts_of(trial: Trial) -> list[Shift]:
    """Count what would change from which agency to which, the most first."""
    pairs = trial.otherwise.values_list("agency_before", "agency_after")
    rows = list(pairs.annotate(n=Count("id")).order_by("-n", "agency_before", "agency_after"))
    agencies = Agency.objects.in_bulk({number for row in rows for number in row[:2] if number})
    return [Shift(agencies.get(old or 0), agencies.get(new or 0), count) for old, new, count in rows]


def never_fired(trial: Trial, rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules in use that decided nothing."""
    fired = trial.found.get("fired", {})
    return [rule for rule in rules if rule.is_active and str(rule.number) not in fired]


def overlaps_of(trial: Trial, rules: Sequence[Rule]) -> list[Overlap]:
    """Return the pairs of rules that fitted the same Cases and say different things, the most Cases first."""
    by_number = {str(rule.number): rule for rule in rules}
    found = []
    for pair, count in trial.found.get("overlaps", {}).items():
        first, second = (by_number.get(number) for number in pair.split("-"))
        if first and second:
            found.append(Overlap(first, second, count))
    return sorted(found, key=lambda one: (-one.count, one.first.number, one.second.number))


def cases_otherwise(trial: Trial, user: User) -> QuerySet[TriedCase]:
    """Return the Cases that would change as far as this person may see them, the newest first."""
    seen = visible_cases(user).values("pk")
    found = trial.otherwise.filter(case__in=seen)
    related = ("case__service", "case__agency", "agency_before", "agency_after")
    return found.select_related(*related).order_by("-case_id")
