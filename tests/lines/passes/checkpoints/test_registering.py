"""The checkpoints are in the house."""

from django.contrib.staticfiles import finders

from bihuan.lines.passes.checkpoints import registering
from bihuan.spine.cases.registry import registry


def test_the_guards_page_brings_all_its_files() -> None:
    named = registering.files()
    assert {"passes/checkpoint/page.js", "passes/seal/seal.js"} <= set(named)
    assert [name for name in named if not name.startswith("vendor/") and not finders.find(name)] == []


def test_page_tile_and_words_are_registered() -> None:
    registering.register()
    assert "checkpoint:page" in registry.field_pages and "checkpoints:board" in registry.pages
    assert sum(tile.code == "pass_alarms" for tile in registry.tiles) == 1
    assert set(registering.VERBS) <= set(registry.verbs)
