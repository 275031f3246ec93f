"""Whose duty opens which page."""

from bihuan.faces.desk.duty import pages_of
from tests.spine.cases.known import World


def _names(user: object) -> list[str]:
    return [page.name for page in pages_of(user)]  # type: ignore[arg-type]


def test_an_officer_has_the_queue_and_what_lines_add(world: World) -> None:
    assert _names(world.ben)[:3] == ["queue", "paper", "today"]


def test_a_page_of_a_line_has_an_address_of_its_own(world: World) -> None:
    addresses = [page.url_name for page in pages_of(world.ben)]
    assert addresses == ["desk:queue", "desk:paper", "protection:today", "passes:queue"]


def test_an_operator_has_telephone_and_triage(world: World) -> None:
    names = _names(world.olga)
    assert names[:3] == ["queue", "enter", "triage"]
    assert "failed" in names
    assert not {"board", "audit", "today"} & set(names)


def test_a_commander_has_map_and_board(world: World) -> None:
    assert {"map", "board"} <= set(_names(world.max))


def test_a_stranger_has_nothing(world: World) -> None:
    assert _names(world.dan) == []
