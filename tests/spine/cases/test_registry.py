"""Where lines of work say what they add."""

from dataclasses import replace

import pytest
from django.utils.translation import gettext_lazy as _

from bihuan.spine.cases.registry import (
    ATTRIBUTE_KINDS,
    FieldPage,
    LinePage,
    LineStep,
    Promise,
    Registry,
    ServiceSpec,
    Tile,
    registry,
)

LAMP = ServiceSpec(
    code="lamp", zh="路灯", en="Street lamp", about_zh="", about_en="", group="city", icon="lamp",
    agency="grid", promises={"normal": Promise(60, 480)},
)  # fmt: skip


def test_a_service_may_be_registered_again_by_its_own_line() -> None:
    lines = Registry()
    lines.register_service(LAMP)
    lines.register_service(replace(LAMP))
    assert list(lines.services) == ["lamp"]


def test_two_lines_can_not_claim_one_service() -> None:
    lines = Registry()
    lines.register_service(LAMP)
    with pytest.raises(ValueError, match="lamp"):
        lines.register_service(replace(LAMP, agency="water"))


def test_tiles_and_pages_of_a_line_are_kept() -> None:
    lines = Registry()
    lines.register_tile(Tile("open", "Open", lambda: 3))
    lines.register_urls("passes/", "bihuan.lines.passes.urls")
    assert [tile.value() for tile in lines.tiles] == [3]
    assert lines.urls == {"passes/": "bihuan.lines.passes.urls"}


def test_what_a_line_adds_is_kept_by_name_and_so_never_twice() -> None:
    lines = Registry()
    for _time in range(2):
        lines.register_page(LinePage("care", "today", _("Care"), "heart", ()))
        lines.register_field_page(
            FieldPage("care:round", _("Round"), _("Whom to see"), "heart", ("care.js",))
        )
        lines.register_step(LineStep("care", lambda: 3))
        lines.register_api("/care", "bihuan.lines.care.api.router")
        lines.register_demo("people", lambda: 0)
        lines.register_verb("care_check", _("Looked in on"))
        lines.register_tile(Tile("open", "Open", lambda: 3))
    kept = (lines.pages, lines.field_pages, lines.steps, lines.routers, lines.demos, lines.verbs, lines.tiles)
    assert [len(one) for one in kept] == [1] * len(kept)
    assert lines.steps["care"].run() == 3


def test_every_registered_question_is_of_a_known_kind() -> None:
    kinds = {question.kind for spec in registry.services.values() for question in spec.questions}
    assert kinds <= set(ATTRIBUTE_KINDS)
