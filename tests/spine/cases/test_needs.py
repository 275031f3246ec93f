"""What the door is told of each service."""

from bihuan.spine.cases.banners import SOMETHING_ELSE
from bihuan.spine.cases.needs import needs_of, services_needs
from bihuan.spine.door.needs import Needs, Question
from tests.spine.cases.known import World, make_service

EXTENT = {
    "code": "extent",
    "kind": "singlevaluelist",
    "zh": "范围",
    "en": "Extent",
    "required": True,
    "choices": [{"key": "home", "zh": "我家", "en": "Home"}, {"key": "house", "zh": "整栋", "en": "House"}],
}

# What every asker may say under a banner.
OWN = Question("singlevaluelist", False, frozenset({"yes"}))


def test_fields_questions_and_words_of_danger_are_told(world: World) -> None:
    gas = make_service(
        "gas", needs=["place", "phone"], questions=[EXTENT], danger_words=["漏气"], emergency_number="119"
    )
    assert needs_of(gas) == Needs(
        fields=frozenset({"place", "phone"}),
        questions={
            SOMETHING_ELSE: OWN,
            "extent": Question("singlevaluelist", True, frozenset({"home", "house"})),
        },
        danger_words=("漏气",),
        emergency_number="119",
    )


def test_a_question_without_choices_need_not_be_answered(world: World) -> None:
    asked = make_service(
        "food", questions=[{"code": "people", "kind": "number", "zh": "人数", "en": "People"}]
    )
    assert needs_of(asked).questions["people"] == Question("number", False, frozenset())


def test_a_service_that_is_switched_off_is_not_told(world: World) -> None:
    make_service("gone", is_active=False)
    assert set(services_needs()) == {"power_failure"}


def test_what_an_administrator_changes_is_told_from_then_on(world: World) -> None:
    world.service.needs = ["text"]
    world.service.save()
    assert services_needs()["power_failure"].fields == {"text"}
