"""What the pages of the rules show: each rule as a sentence, and beside it what its trial or its neighbours tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Edition, Rule, Trial
from bihuan.spine.cases.sorting import editions, findings
from bihuan.spine.cases.sorting.overlaps import Hidden, hidden_rules
from bihuan.spine.cases.sorting.sentences import sentence_of


@dataclass(frozen=True)
class Line:
    """One rule as a row of the page."""

    rule: Rule
    sentence: str
    hidden: Hidden | None
    fired: int | None
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class TrialView:
    """What a trial came to, in the words of the page."""

    trial: Trial
    is_stale: bool
    shifts: list[findings.Shift]
    never: list[Rule]
    overlaps: list[findings.Overlap]

    @property
    def changed(self) -> int:
        return sum(shift.count for shift in self.shifts)

    @property
    def percent(self) -> int:
        return 100 * self.trial.done // self.trial.total if self.trial.total else 100

    @property
    def caught(self) -> list[tuple[str, int, int]]:
        """Return, for each way to an owner, how many Cases took it before and would take it now."""
        old, new = (self.trial.found.get(name, {}) for name in ("caught_before", "caught"))
        return [(way, old.get(way, 0), new.get(way, 0)) for way in ("rule", "own", "nobody")]


def lines(rules: Sequence[Rule], trial: Trial | None = None) -> list[Line]:
    """Return the rules as rows."""
    hidden = {one.rule.pk: one for one in hidden_rules(rules)}
    fired = trial.found.get("fired", {}) if trial and trial.finished_at else None
    return [
        Line(
            rule,
            sentence_of(rule),
            hidden.get(rule.pk),
            None if fired is None else fired.get(str(rule.number), 0),
            at == 0,
            at == len(rules) - 1,
        )
        for at, rule in enumerate(rules)
    ]


def in_force(user: User) -> dict[str, Any]:
    """Return what the page of the rules in force shows."""
    edition = editions.in_force()
    rules = editions.rules_of(edition) if edition else []
    return {
        "edition": edition,
        "lines": lines(rules),
        "draft": editions.draft(),
        "past": list(editions.past()[:20]),
        "may_change": user.may(Permission.RULES),
    }


def of_draft(edition: Edition, user: User) -> dict[str, Any]:
    """Return what the page of the draft shows."""
    rules = editions.rules_of(edition)
    trial = editions.latest_trial(edition)
    is_current = trial is not None and trial.revision == edition.revision
    view = view_of(trial, edition, rules) if trial else None
    return {
        "edition": edition,
        "lines": lines(rules, trial if is_current else None),
        "hidden": hidden_rules(rules),
        "view": view,
        "may_change": user.may(Permission.RULES),
        "may_switch": bool(view and view.trial.finished_at and not view.is_stale),
    }


def view_of(trial: Trial, edition: Edition, rules: Sequence[Rule]) -> TrialView:
    """Return a trial as the page shows it; of an older wording only that it is one."""
    base = editions.in_force()
    is_stale = trial.revision != edition.revision or (base is not None and base.pk != trial.against_id)
    if is_stale or trial.finished_at is None:
        return TrialView(trial, is_stale, [], [], [])
    return TrialView(
        trial,
        is_stale,
        findings.shifts_of(trial),
        findings.never_fired(trial, rules),
        findings.overlaps_of(trial, rules),
    )
