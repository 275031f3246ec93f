"""Figures are read, not counted."""

from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Figures
from tests.spine.cases.known import NOON


def test_the_board_reads_what_the_worker_counted(db: None) -> None:
    Figures.objects.create(name="board", counted_at=NOON, values={"open": 3})
    assert queries.count_board() == {"open": 3, "counted_at": NOON}


def test_before_the_first_count_there_is_nothing(db: None) -> None:
    assert queries.count_public() == {}
