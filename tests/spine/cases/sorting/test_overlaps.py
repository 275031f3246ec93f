"""Rules that can never decide."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.spine.cases.models import Rule
from bihuan.spine.cases.rules import Rulebook, pattern_of
from bihuan.spine.cases.sorting.overlaps import hidden_rules
from bihuan.spine.places.atlas import Found
from bihuan.spine.places.models import District, Site
from tests.spine.cases.known import World, make_rule, make_service


@pytest.fixture
def places(world: World) -> dict[str, Any]:
    county = District.objects.create(code="430211", name_zh="天元区", level="county")
    street = District.objects.create(code="430211001", name_zh="嵩山路", level="street", parent=county)
    site = Site.objects.create(
        code="s", name_zh="银杏", kind="compound", district=county, street=street, lon=113, lat=27
    )
    return {"county": county, "street": street, "site": site}


def pairs(rules: list[Rule]) -> list[tuple[int, int]]:
    return [(one.behind.number, one.rule.number) for one in hidden_rules(rules)]


def test_a_rule_behind_one_for_everything_never_decides(world: World) -> None:
    rules = [make_rule(1, world.grid), make_rule(2, world.water, words=["水"])]
    assert pairs(rules) == [(1, 2)]
    assert not hidden_rules(rules)[0].is_harmless


def test_a_street_lies_in_its_district_and_a_site_in_both(world: World, places: dict[str, Any]) -> None:
    rules = [
        make_rule(1, world.grid, district=places["county"]),
        make_rule(2, world.grid, district=places["street"]),
        make_rule(3, world.water, site=places["site"]),
    ]
    assert pairs(rules) == [(1, 2), (1, 3)]
    assert pairs(rules[1:]) == [(2, 3)]
    assert pairs(rules[::-1]) == []


@pytest.mark.parametrize(
    ("earlier", "later", "is_hidden"),
    [
        (["火"], ["着火了"], True),
        (["fire"], ["on fire"], True),
        (["fire"], ["firewood"], False),
        (["fire"], ["fire警"], False),
        (["水"], [], False),
        ([], ["水"], True),
        (["水", "电"], ["停水", "停电"], True),
        (["水"], ["停水", "停电"], False),
    ],
)
def test_words_hide_words_that_hold_them(
    world: World, earlier: list[str], later: list[str], is_hidden: bool
) -> None:
    rules = [make_rule(1, world.grid, words=earlier), make_rule(2, world.water, words=later)]
    assert bool(pairs(rules)) is is_hidden


def test_another_service_zone_or_a_rule_switched_off_hides_nothing(world: World) -> None:
    other = make_service("other")
    assert not pairs(
        [make_rule(1, world.grid, service=other), make_rule(2, world.grid, service=world.service)]
    )
    assert not pairs([make_rule(3, world.grid, zone_state="sealed"), make_rule(4, world.grid)])
    assert not pairs([make_rule(5, world.grid, is_active=False), make_rule(6, world.grid)])


WORDS = ["水", "停水", "fire", "on fire", "fire警", "警"]
TEXTS = st.lists(st.sampled_from([*WORDS, "x", " ", "停"]), max_size=5).map("".join)
WORD_LISTS = st.lists(st.sampled_from(WORDS), max_size=3, unique=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=WORD_LISTS, second=WORD_LISTS, text=TEXTS)
def test_a_rule_called_hidden_decides_no_text_at_all(
    world: World, first: list[str], second: list[str], text: str
) -> None:
    rules = [Rule(pk=n, number=n, words=words, agency=world.grid) for n, words in ((1, first), (2, second))]
    if hidden_rules(rules):
        decided = Rulebook(rules, []).decide(None, Found(), text)
        assert decided.rule_number != 2
        assert not (second and pattern_of(tuple(second)).search(text)) or decided.rule_number == 1
