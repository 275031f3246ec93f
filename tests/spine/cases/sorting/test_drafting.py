"""Changing the rules of a draft."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Edition
from bihuan.spine.cases.sorting import drafting, editions
from bihuan.spine.places.models import District, Site
from tests.spine.cases.known import World


def numbers(edition: Edition) -> list[int]:
    return [rule.number for rule in editions.rules_of(edition)]


def names(edition: Edition) -> list[str]:
    return [rule.name_zh for rule in editions.rules_of(edition)]


def test_a_rule_is_added_at_its_place_and_the_others_give_way(
    ruled: World, draft: Edition, ada: User
) -> None:
    drafting.add_rule(
        edition=draft, by=ada, number=1, name_zh="新", agency=ruled.grid, words=["a", " a ", ""]
    )
    assert names(draft) == ["新", "第1条", "第2条"]
    assert draft.rules.get(number=1).words == ["a"]


def test_each_change_counts_the_revision_and_leaves_an_event(ruled: World, draft: Edition, ada: User) -> None:
    drafting.move_rule(rule=draft.rules.get(number=2), to=1, by=ada)
    drafting.remove_rule(rule=draft.rules.get(number=1), by=ada)
    draft.refresh_from_db()
    assert (draft.revision, names(draft), numbers(draft)) == (2, ["第1条"], [1])
    assert Event.objects.filter(subject_type="edition", verb__in=["rule_moved", "rule_removed"]).count() == 2


def test_a_move_beyond_the_end_changes_nothing(draft: Edition, ada: User) -> None:
    drafting.move_rule(rule=draft.rules.get(number=1), to=0, by=ada)
    draft.refresh_from_db()
    assert (draft.revision, numbers(draft)) == (0, [1, 2])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(1, 5), st.integers(-1, 7)), max_size=6))
def test_any_moves_leave_every_rule_once_in_an_order_without_gaps(
    ruled: World, draft: Edition, ada: User, moves: list[tuple[int, int]]
) -> None:
    while draft.rules.count() < 5:
        drafting.add_rule(edition=draft, by=ada, name_zh=f"r{draft.rules.count()}", agency=ruled.grid)
    expected = names(draft)
    for at, to in moves:
        rule = draft.rules.get(number=at)
        expected.insert(max(1, min(to, 5)) - 1, expected.pop(at - 1))
        drafting.move_rule(rule=rule, to=to, by=ada)
    assert (names(draft), numbers(draft)) == (expected, [1, 2, 3, 4, 5])


def test_a_site_outside_the_district_is_refused(ruled: World, draft: Edition, ada: User) -> None:
    here, there = (District.objects.create(code=c, name_zh=c, level="county") for c in ("1", "2"))
    site = Site.objects.create(code="s", name_zh="银杏", kind="compound", district=here, lon=113, lat=27)
    with pytest.raises(Refused, match="银杏"):
        drafting.change_rule(rule=draft.rules.get(number=1), by=ada, site=site, district=there)


def test_the_rules_in_force_are_never_changed(ruled: World, ada: User) -> None:
    in_force = editions.in_force()
    assert in_force
    with pytest.raises(Conflict):
        drafting.move_rule(rule=in_force.rules.get(number=2), to=1, by=ada)
    with pytest.raises(Conflict):
        drafting.rule_of_draft(in_force, 0)


def test_the_supervisor_reads_and_changes_nothing(ruled: World, draft: Edition) -> None:
    with pytest.raises(Forbidden):
        drafting.add_rule(edition=draft, by=ruled.sam, name_zh="x", agency=ruled.grid)


@pytest.mark.parametrize("words", [["x" * 61], [str(n) for n in range(101)]])
def test_far_too_many_or_too_long_words_are_refused(words: list[str]) -> None:
    with pytest.raises(Refused):
        drafting.plain_words(words)
