"""A draft tried on last week's Cases."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden
from bihuan.spine.accounts.models import User
from bihuan.spine.cases import triage
from bihuan.spine.cases.models import Case, Edition, Trial
from bihuan.spine.cases.sorting import drafting, editions, findings, trials
from tests.spine.cases.known import World, make_submission


def opened(*texts: str, **fields: object) -> None:
    for text in texts:
        make_submission(text=text, **{"service": "power_failure", **fields})
    triage.triage_all()


def run(edition: Edition, by: User) -> Trial:
    trials.start_trial(edition=edition, by=by)
    while trials.advance():
        pass
    edition.refresh_from_db()
    trial = editions.latest_trial(edition)
    assert trial is not None
    assert trial.finished_at is not None
    return trial


def test_what_would_change_is_counted_from_and_to_each_agency(
    ruled: World, draft: Edition, ada: User
) -> None:
    opened("停电了", "又停电了", "没水了")
    drafting.change_rule(rule=draft.rules.get(number=2), by=ada, agency=ruled.crew)
    trial = run(draft, ada)
    shifts = [(one.before, one.after, one.count) for one in findings.shifts_of(trial)]
    assert shifts == [(ruled.grid, ruled.crew, 2)]
    assert (trial.done, trial.total) == (3, 3)
    assert trial.found["fired"] == {"1": 1, "2": 2}


def test_nothing_is_changed_by_a_trial(ruled: World, draft: Edition, ada: User) -> None:
    opened("停电了")
    before = list(Case.objects.values())
    drafting.change_rule(rule=draft.rules.get(number=2), by=ada, agency=ruled.crew)
    run(draft, ada)
    assert list(Case.objects.values()) == before


def test_rules_that_decided_nothing_and_those_that_overlap_are_named(
    ruled: World, draft: Edition, ada: User
) -> None:
    opened("水管爆了，停电", "水和电都没有")
    rules = editions.rules_of(draft)
    trial = run(draft, ada)
    assert [rule.number for rule in findings.never_fired(trial, rules)] == [2]
    overlap = findings.overlaps_of(trial, rules)
    assert [(one.first.number, one.second.number, one.count) for one in overlap] == [(1, 2, 2)]


def test_what_no_rule_catches_is_counted_before_and_after(ruled: World, draft: Edition, ada: User) -> None:
    opened("停电了", "别的事", service="")
    opened("停电了")
    drafting.remove_rule(rule=draft.rules.get(number=2), by=ada)
    trial = run(draft, ada)
    assert trial.found["caught_before"] == {"nobody": 2, "rule": 1}
    assert trial.found["caught"] == {"nobody": 3}


def test_only_the_last_week_is_tried(ruled: World, draft: Edition, ada: User) -> None:
    opened("停电了", received_at=clock.now() - timedelta(days=8))
    opened("停电了")
    assert run(draft, ada).total == 1


def test_a_trial_goes_on_chunk_by_chunk_to_the_same_end(
    ruled: World, draft: Edition, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(*["停电了"] * 5)
    whole = run(draft, ada).found
    drafting.add_rule(edition=draft, by=ada, name_zh="x", agency=ruled.grid, words=["从不"])
    monkeypatch.setattr(trials, "CHUNK", 2)
    assert run(draft, ada).found == whole


def test_a_draft_changed_meanwhile_ends_its_trial(ruled: World, draft: Edition, ada: User) -> None:
    opened("停电了")
    trials.start_trial(edition=draft, by=ada)
    drafting.add_rule(edition=draft, by=ada, name_zh="x", agency=ruled.grid)
    assert trials.advance() == 0
    assert not Trial.objects.exists()


def test_a_second_worker_that_tried_the_same_cases_counts_them_not_again(
    ruled: World, draft: Edition, ada: User
) -> None:
    opened("停电了")
    seen = trials.start_trial(edition=draft, by=ada)
    assert trials.advance() == 1
    assert trials._advance(seen) == 0
    assert Trial.objects.get().done == 1


def test_who_may_not_change_rules_starts_no_trial(ruled: World, draft: Edition) -> None:
    with pytest.raises(Forbidden):
        trials.start_trial(edition=draft, by=ruled.sam)
