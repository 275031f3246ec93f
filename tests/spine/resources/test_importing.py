"""The rota from a CSV file: all lines or none, each fault named."""

from datetime import date

import pytest

from bihuan.kernel.errors import Refused
from bihuan.spine.resources.importing import Unreadable, import_shifts
from bihuan.spine.resources.models import Shift
from bihuan.spine.resources.rota import at
from tests.spine.cases.known import World, make_world

HEAD = "agency,person,duty,from,until\n"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def faults(world: World, text: str) -> list[int]:
    with pytest.raises(Unreadable) as refused:
        import_shifts(raw=(HEAD + text).encode(), by=world.sam)
    return [fault.line for fault in refused.value.faults]


def test_lines_become_shifts_in_the_citys_time(world: World) -> None:
    text = (
        "grid,ben,officer,2026-11-23 08:00,2026-11-23 16:00\n"
        "crew,sam,supervisor,2026-11-23T16:00+08:00,2026-11-24 00:00\n"
    )
    import_shifts(raw=b"\xef\xbb\xbf" + (HEAD + text).encode(), by=world.sam)
    rows = Shift.objects.order_by("from_at").values_list("person__username", "duty", "from_at", "until_at")
    monday = date(2026, 11, 23)
    assert list(rows) == [
        ("ben", "officer", at(monday, 8), at(monday, 16)),
        ("sam", "supervisor", at(monday, 16), at(monday, 24)),
    ]


def test_every_wrong_line_is_named_and_nothing_is_written(world: World) -> None:
    text = (
        "grid,ben,officer,2026-11-23 08:00,2026-11-23 16:00\n"
        "water,eve,officer,2026-11-23 08:00,2026-11-23 16:00\n"
        "grid,nobody,officer,2026-11-23 08:00,2026-11-23 16:00\n"
        "grid,ida,king,2026-11-23 08:00,2026-11-23 16:00\n"
        "grid,ida,officer,tomorrow,2026-11-23 16:00\n"
        "grid,ida,officer,2026-11-23 16:00,2026-11-23 08:00\n"
        "grid,ida,officer,0001-01-01 00:00,0001-01-01 08:00\n"
        "grid,ida,officer,9999-12-31T16:00-12:00,9999-12-31T23:00-12:00\n"
        "crew,ben,officer,2026-11-23 15:00,2026-11-23 20:00\n"
        "grid,eve,officer,2026-11-23 08:00,2026-11-23 16:00\n"
    )
    assert faults(world, text) == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert not Shift.objects.exists()


def test_what_is_written_already_stands_in_the_way(world: World) -> None:
    text = "grid,ben,officer,2026-11-23 08:00,2026-11-23 16:00\n"
    import_shifts(raw=(HEAD + text).encode(), by=world.sam)
    with pytest.raises(Refused):
        import_shifts(raw=(HEAD + text).encode(), by=world.sam)
    assert Shift.objects.count() == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"agency,person\n",
        b"\xff\xfe\x00",
        HEAD.encode(),
        b'agency,person,duty,from,until\n"a',
        b"x" * 1_000_001,
    ],
)
def test_what_is_no_such_file_is_refused_in_a_sentence(world: World, raw: bytes) -> None:
    with pytest.raises(Refused) as refused:
        import_shifts(raw=raw, by=world.sam)
    assert refused.value.message
