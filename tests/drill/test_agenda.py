"""What is to be done next."""

import pytest

from bihuan.drill.agenda import Agenda
from bihuan.drill.day import Ask

pytestmark = pytest.mark.once


def _ask(key: str) -> Ask:
    return Ask(key, 0.0, "smooth", {}, ())


def _agenda(*minutes: float) -> tuple[Agenda, list[float]]:
    clock = [0.0]
    return Agenda(((m, _ask(str(m))) for m in minutes), monotonic=lambda: clock[0]), clock


def test_what_was_asked_before_now_is_handed_in_before_any_other_step() -> None:
    agenda = Agenda(((m, _ask(str(m))) for m in (1.0, 3.0, 9.0)), since_min=5.0)
    first = agenda.take_due(5)
    first.due_min = 2.0
    agenda.plan(first)
    assert [agenda.take_due(5).ask.key for _ in range(2)] == ["3.0", "1.0"]
    assert agenda.take_due(5) is None


def test_what_is_due_first_comes_first_and_the_rest_waits() -> None:
    agenda, _ = _agenda(9, 3, 5)
    assert [agenda.take_due(6).ask.key for _ in range(2)] == ["3", "5"]
    assert agenda.take_due(6) is None
    assert len(agenda) == 1


def test_what_was_put_off_comes_back_after_its_pause_and_keeps_its_turn() -> None:
    agenda, clock = _agenda(3, 5)
    course = agenda.take_due(10)
    agenda.delay(course, 2.0)
    assert agenda.take_due(10).ask.key == "5"
    assert agenda.take_due(10) is None
    clock[0] = 2.5
    assert agenda.take_due(10) is course


def test_two_at_one_minute_keep_their_order() -> None:
    agenda = Agenda([(1.0, _ask("first")), (1.0, _ask("second"))])
    assert [agenda.take_due(1).ask.key for _ in range(2)] == ["first", "second"]
