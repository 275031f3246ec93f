"""What the line adds to the house."""

from bihuan.lines.passes import telling
from bihuan.spine.cases.registry import registry
from bihuan.spine.messages.wording import TEMPLATES


def test_the_line_is_registered() -> None:
    assert registry.urls["passes/"] and "passes:queue" in registry.pages
    assert "passes that run out" in registry.steps
    assert any(tile.code == "passes_late" for tile in registry.tiles)


def test_its_messages_have_their_templates() -> None:
    assert set(telling.TEMPLATES) <= set(TEMPLATES)
