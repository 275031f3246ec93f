"""Rules in words."""

import pytest
from django.utils.translation import override

from bihuan.spine.cases.models import Rule
from bihuan.spine.cases.sorting.sentences import sentence_of
from bihuan.spine.places.models import District
from tests.spine.cases.known import World


def test_every_condition_and_the_outcome_stand_in_the_sentence(world: World) -> None:
    rule = Rule(
        service=world.service, district=District(name_zh="天元区", name_en="Tianyuan"), words=["停电", "oxygen"],
        zone_state="sealed", agency=world.grid, priority="urgent",
    )  # fmt: skip
    with override("en"):
        said = sentence_of(rule)
    parts = [
        "power_failure",
        "lies in Tianyuan",
        "“停电” or “oxygen” occurs",
        "sealed",
        "→ give it to Power grid as",
    ]
    assert all(part in said for part in parts), said


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Always → give it to Power grid"), ("zh-hans", "供电公司")]
)
def test_a_rule_without_conditions_says_so_in_both_languages(world: World, language: str, words: str) -> None:
    with override(language):
        assert words in sentence_of(Rule(agency=world.grid))
