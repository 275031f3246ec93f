"""What the templates write."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.passes.states import Status
from bihuan.lines.passes.templatetags import passes as tags
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World


@pytest.mark.parametrize(("plain", "shown"), [("湘B12345", "湘B·12345"), ("", "—"), ("12", "12")])
def test_a_plate_is_written_as_it_stands_on_the_vehicle(plain: str, shown: str) -> None:
    assert tags.plate(plain) == shown


def test_a_badge_says_its_word(world: World) -> None:
    assert "badge--ok" in tags.pass_badge(make_pass(world, Status.ISSUED))


def test_the_code_is_drawn_and_carries_no_words() -> None:
    drawn = tags.square("<script>")
    assert drawn.startswith("<svg") and "script" not in drawn


def test_a_moment_of_another_day_has_its_date() -> None:
    now = clock.now()
    assert len(tags.day_time(now)) == 5
    assert len(tags.day_time(now + timedelta(days=2))) == 11
    assert tags.day_time(None) == "—"


def test_a_count_stops_where_nobody_reads_on() -> None:
    assert [tags.counted(n, 1000) for n in (7, 1000, 1001)] == ["7", "1000", "1000+"]
