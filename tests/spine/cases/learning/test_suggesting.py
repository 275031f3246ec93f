"""Suggesting."""

import pytest

from bihuan.spine.cases.learning.suggesting import Suggestion, phrases, suggest
from bihuan.spine.cases.learning.training import train
from bihuan.spine.cases.models import Service
from tests.spine.cases.known import World
from tests.spine.cases.learning.test_training import close_cases


@pytest.fixture
def learnt(world: World) -> World:
    close_cases(world, 60)
    train(fewest_cases=50)
    return world


def test_nothing_learnt_suggests_nothing(world: World) -> None:
    assert suggest("停电了") == Suggestion()


@pytest.mark.parametrize(
    ("text", "service", "agency", "word"),
    [
        ("我们楼停电了", "power_failure", "grid", "停电了"),
        ("No WATER in our block", "water", "water", "water"),
    ],
)
def test_service_and_owner_are_suggested_with_the_words_that_speak_for_them(
    learnt: World, text: str, service: str, agency: str, word: str
) -> None:
    likely = suggest(text)
    assert (likely.services[0].code, likely.agencies[0].code) == (service, agency)
    assert word in likely.services[0].words
    assert 0.25 <= likely.services[0].probability <= 1


def test_who_said_not_ours_is_not_suggested_again(learnt: World) -> None:
    assert suggest("停电了", without_agencies=["grid"]).agencies[:1] != suggest("停电了").agencies[:1]


def test_a_service_no_longer_in_use_is_not_suggested(learnt: World) -> None:
    Service.objects.filter(code="power_failure").update(is_active=False)
    assert "power_failure" not in {one.code for one in suggest("停电了").services}


@pytest.mark.parametrize("text", ["", "   ", "\x00", "🙂", "xyzzy"])
def test_a_text_that_says_nothing_makes_no_trouble(learnt: World, text: str) -> None:
    for one in suggest(text).services:
        assert one.words == ()


def test_pieces_are_whole_latin_words_and_joined_chinese_runs() -> None:
    assert phrases("No power，停电了", {" pow": 1.0, "停电": 1.0, "电了": 0.5}) == ("停电了", "power")
