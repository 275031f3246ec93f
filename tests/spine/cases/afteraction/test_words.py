"""An Event of a timeline in words."""

from typing import Any

import pytest
from django.utils.translation import override

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.afteraction.words import LONGEST, WORDS, Names, line, what
from tests.spine.cases.afteraction.made import told, write_day
from tests.spine.cases.known import World


@pytest.mark.parametrize("verb", WORDS)
def test_what_was_done_is_said_in_both_languages(verb: str) -> None:
    with override("en"):
        english = what(verb)
    with override("zh-hans"):
        chinese = what(verb)
    assert english.isascii()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese)


def test_numbers_of_agencies_and_services_are_said_as_names(world: World) -> None:
    write_day(world)
    detail = {"service": world.service.pk, "from": world.grid.pk, "to": world.water.pk}
    with override("en"):
        said = line(told("transfer", by=world.max, agency_id=world.grid.pk, detail=detail), Names.load())
    assert (said.agency, said.service, said.who) == ("Power grid", "power_failure", "Max")
    assert said.detail == "from Power grid, to Water works"


@pytest.mark.parametrize(
    ("verb", "detail", "words"),
    [
        ("breached", {"promise": "accept", "status": "waiting"}, "promise accept"),
        ("messages", {"messages": [[1, 2, "x", "y", "sent"], [3, 4, "x", "y", "failed"]]}, "1 sent, 1 failed"),
        ("care_add", {"lines": ["a", 2, ["b"]]}, "lines a, 2, ['b']"),
        ("set_priority", {"from": "normal", "to": "urgent"}, "from normal, to urgent"),
        ("accept", {"set": {"due_at": None}, "rows": {}, "note_id": 5}, ""),
    ],
)  # fmt: skip
def test_the_detail_tells_what_a_reader_wants(
    world: World, verb: str, detail: dict[str, Any], words: str
) -> None:
    with override("en"):
        assert line(told(verb, detail=detail), Names()).detail == words


def test_a_long_detail_is_cut() -> None:
    event = Event(verb="x", actor_kind="system", detail={"what": "y" * 500})
    assert len(line(event, Names()).detail) == LONGEST + 1
