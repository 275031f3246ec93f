"""The rules and their trial, the suggestion for a Case, and how good suggestions are."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from ninja import Router, Schema

from bihuan.faces.api.shapes import Named, named
from bihuan.faces.api.signing import StaffRequest
from bihuan.kernel.errors import Forbidden
from bihuan.spine.accounts.permissions import Permission as P  # noqa: N817 - a table is read by its columns
from bihuan.spine.cases import queries
from bihuan.spine.cases.learning import hinting
from bihuan.spine.cases.learning.reporting import Report, accuracy
from bihuan.spine.cases.models import Edition, Rule, Trial
from bihuan.spine.cases.sorting import editions, findings, trials
from bihuan.spine.cases.sorting.overlaps import hidden_rules
from bihuan.spine.cases.sorting.sentences import sentence_of

router = Router(tags=["rules"])


class RuleOut(Schema):
    """One rule in its order; what is empty fits everything. ``hidden_by``: an earlier rule fits whenever it does."""

    id: int
    number: int
    name: str
    sentence: str
    service: Named | None
    district: Named | None
    site: Named | None
    words: list[str]
    zone_state: str
    agency: Named
    priority: str
    is_active: bool
    hidden_by: int | None


class EditionOut(Schema):
    edition: int
    state: str
    revision: int
    rules: list[RuleOut]


class MovedOut(Schema):
    """Cases that would go from one agency to another; none is the triage queue."""

    before: Named | None
    after: Named | None
    cases: int


class OverlapOut(Schema):
    first: int
    second: int
    cases: int


class TrialOut(Schema):
    """A draft tried on last week's Cases. Which Cases: at the desk, for who may see them."""

    edition: int
    revision: int
    done: int
    total: int
    finished_at: datetime | None
    caught: dict[str, int]
    caught_before: dict[str, int]
    shifts: list[MovedOut]
    never_decided: list[int]
    overlaps: list[OverlapOut]


class SuggestedOut(Schema):
    code: str
    name: str
    probability: float
    words: list[str]


class SuggestionOut(Schema):
    """What a Case is likely to be about. Nothing is done by it."""

    services: list[SuggestedOut]
    agencies: list[SuggestedOut]


class LabelOut(Schema):
    code: str
    name: str
    held_back: int
    right_first: int
    right_in_three: int


class LearntOut(Schema):
    what: str
    trained_at: datetime
    cases: int
    held_back: int
    right_first: int
    right_in_three: int
    right_always: int
    labels: list[LabelOut]


class AccuracyOut(Schema):
    closed_cases: int
    fewest_cases: int
    learnt: list[LearntOut]


@router.get("/rules", response=EditionOut, summary="The rules in force")
def show_rules(request: StaffRequest) -> dict[str, Any]:
    may(request, P.RULES, P.STEER)
    return edition_said(_found(editions.in_force()))


@router.get("/rules/draft", response=EditionOut, summary="The draft of the rules")
def show_draft(request: StaffRequest) -> dict[str, Any]:
    may(request, P.RULES, P.STEER)
    return edition_said(_found(editions.draft()))


@router.post("/rules/draft/trial", response=TrialOut, summary="Try the draft on last week's Cases")
def start_trial(request: StaffRequest) -> dict[str, Any]:
    may(request, P.RULES)
    return _trial(trials.start_trial(edition=_found(editions.draft()), by=request.auth))


@router.get("/rules/draft/trial", response=TrialOut, summary="How far the trial is, and what it came to")
def show_trial(request: StaffRequest) -> dict[str, Any]:
    may(request, P.RULES, P.STEER)
    return _trial(_found(editions.latest_trial(_found(editions.draft()))))


@router.get("/learning", response=AccuracyOut, summary="How often suggestions were right on Cases held back")
def show_accuracy(request: StaffRequest) -> dict[str, Any]:
    may(request, P.RULES, P.STEER, P.TRIAGE)
    found = accuracy()
    return {
        "closed_cases": found.closed,
        "fewest_cases": found.fewest,
        "learnt": [_learnt(one) for one in found.reports],
    }


@router.get("/cases/{int:case_id}/suggestion", response=SuggestionOut, summary="What a Case may be about")
def show_suggestion(request: StaffRequest, case_id: int) -> dict[str, Any]:
    may(request, P.TRIAGE, P.STEER)
    hint = hinting.hint_for(queries.access_case(request.auth, min(case_id, 2**63 - 1)))
    return {"services": _suggested(hint.services), "agencies": _suggested(hint.agencies)}


def may(request: StaffRequest, *permissions: P) -> None:
    """Refuse whoever holds none of the permissions."""
    if not any(map(request.auth.may, permissions)):
        raise Forbidden(
            _("Your role does not include: %(permission)s.") % {"permission": permissions[0].label}
        )


def _found(row: Any) -> Any:
    if row is None:
        raise Http404
    return row


def _suggested(pairs: Any) -> list[dict[str, Any]]:
    return [
        {"code": row.code, "name": row.name, "probability": one.probability, "words": list(one.words)}
        for row, one in pairs
    ]


def edition_said(edition: Edition) -> dict[str, Any]:
    """Return an edition with its rules in their order."""
    rules = editions.rules_of(edition)
    hidden = {one.rule.pk: one.behind.number for one in hidden_rules(rules)}
    shown = [_rule(rule, hidden.get(rule.pk)) for rule in rules]
    return {"edition": edition.pk, "state": edition.state, "revision": edition.revision, "rules": shown}


def _rule(rule: Rule, hidden_by: int | None) -> dict[str, Any]:
    plain = ("id", "number", "name", "words", "zone_state", "priority", "is_active")
    linked = ("service", "district", "site", "agency")
    return {name: getattr(rule, name) for name in plain} | {
        **{name: named(getattr(rule, name)) for name in linked},
        "sentence": sentence_of(rule),
        "hidden_by": hidden_by,
    }


def _trial(trial: Trial) -> dict[str, Any]:
    rules = editions.rules_of(trial.edition)
    is_done = trial.finished_at is not None
    plain = ("revision", "done", "total", "finished_at")
    return {name: getattr(trial, name) for name in plain} | {
        "edition": trial.edition_id,
        "caught": trial.found.get("caught", {}),
        "caught_before": trial.found.get("caught_before", {}),
        "shifts": [
            {"before": named(one.before), "after": named(one.after), "cases": one.count}
            for one in findings.shifts_of(trial)
        ],
        "never_decided": [rule.number for rule in findings.never_fired(trial, rules)] if is_done else [],
        "overlaps": [
            {"first": one.first.number, "second": one.second.number, "cases": one.count}
            for one in findings.overlaps_of(trial, rules)
        ],
    }


def _learnt(report: Report) -> dict[str, Any]:
    learnt = report.learnt
    plain = ("what", "trained_at", "held_back", "right_first", "right_in_three", "right_always")
    labels = [
        {
            "code": row.code,
            "name": row.name,
            "held_back": row.held,
            "right_first": row.first,
            "right_in_three": row.three,
        }
        for row in report.rows
    ]
    return {**{name: getattr(learnt, name) for name in plain}, "cases": learnt.case_count, "labels": labels}
