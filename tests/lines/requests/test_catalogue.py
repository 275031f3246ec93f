"""The catalogue as a whole: whatever a service says must be usable by the door, the desk and the portal."""

from pathlib import Path

import pytest

from bihuan.drill.agencies import agency_rows
from bihuan.lines.requests.catalogue import SERVICES
from bihuan.spine.cases.models import Urgency
from bihuan.spine.cases.promises.standard import LEVELS
from bihuan.spine.cases.registry import ATTRIBUTE_KINDS, ServiceSpec, registry

ICONS = Path("node_modules/lucide-static/icons")
AGENCIES = {row["code"] for row in agency_rows()} | {""}

each_service = pytest.mark.parametrize("spec", SERVICES, ids=lambda spec: spec.code)
pytestmark = pytest.mark.once


def _is_chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


def test_there_are_about_twenty_five_services_with_codes_of_their_own() -> None:
    assert 25 <= len(SERVICES) <= 30
    assert len({spec.code for spec in SERVICES}) == len(SERVICES)


def test_each_service_has_its_own_place_in_the_order() -> None:
    orders = [spec.order for spec in SERVICES]
    assert orders == sorted(set(orders))


def test_the_line_registers_every_service() -> None:
    assert {spec.code: spec for spec in SERVICES}.items() <= registry.services.items()


@each_service
def test_names_and_descriptions_are_in_both_languages(spec: ServiceSpec) -> None:
    assert _is_chinese(spec.zh) and _is_chinese(spec.about_zh)
    assert spec.en and spec.about_en and not _is_chinese(spec.en + spec.about_en)


@each_service
def test_a_form_fits_one_screen(spec: ServiceSpec) -> None:
    assert len(spec.questions) <= 3


@each_service
def test_questions_are_of_open311s_kinds_and_lists_have_choices(spec: ServiceSpec) -> None:
    for question in spec.questions:
        assert question.kind in ATTRIBUTE_KINDS
        assert question.kind.endswith("list") == bool(question.choices)
        keys = [choice.key for choice in question.choices]
        assert len(set(keys)) == len(keys)
        assert _is_chinese(question.zh) and question.en


@each_service
def test_a_service_has_one_of_the_classes_and_promises_itself_only_what_is_closer(spec: ServiceSpec) -> None:
    assert spec.urgency in Urgency.values
    for priority, promise in spec.promises.items():
        assert promise.resolve_min < LEVELS[spec.urgency, priority].resolve_min


@each_service
def test_danger_words_come_with_a_number_to_call(spec: ServiceSpec) -> None:
    assert bool(spec.danger_words) == bool(spec.emergency_number)
    assert spec.emergency_number in {"", "110", "119", "120"}
    if spec.danger_words:
        assert any(_is_chinese(word) for word in spec.danger_words)
        assert any(word.isascii() for word in spec.danger_words)


@each_service
def test_whoever_may_stay_unnamed_is_not_asked_for_a_name(spec: ServiceSpec) -> None:
    assert not (spec.is_anonymous and "name" in spec.needs)
    assert spec.needs <= {"text", "place", "phone", "name"}


@each_service
def test_the_owner_is_an_office_of_the_city_or_left_to_triage(spec: ServiceSpec) -> None:
    assert spec.agency in AGENCIES


@each_service
def test_the_picture_exists(spec: ServiceSpec) -> None:
    if not ICONS.is_dir():
        pytest.skip("the icons are not installed (npm ci)")
    assert (ICONS / f"{spec.icon}.svg").exists()


def test_some_complaints_are_left_to_a_human() -> None:
    assert [spec.code for spec in SERVICES if not spec.agency] == ["complaint"]
