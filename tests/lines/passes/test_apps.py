"""What the line adds to the house."""

from django.test import Client

from bihuan.lines.passes import telling
from bihuan.spine.cases.registry import registry
from bihuan.spine.messages.wording import TEMPLATES
from tests.spine.cases.known import World, make_service


def test_the_line_is_registered() -> None:
    assert registry.urls["passes/"] and "passes:queue" in registry.pages
    assert "passes that run out" in registry.steps
    assert any(tile.code == "passes_late" for tile in registry.tiles)


def test_its_messages_have_their_templates() -> None:
    assert set(telling.TEMPLATES) <= set(TEMPLATES)


def test_who_would_ask_for_a_vehicle_is_shown_the_way_to_the_form(world: World) -> None:
    for code in ("vehicle_pass", "other"):
        make_service(code)
    pages = [Client().get(f"/ask/{code}/").content.decode() for code in ("vehicle_pass", "other")]
    assert ["/passes/apply/" in page for page in pages] == [True, False]
