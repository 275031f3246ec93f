"""The forecast of a queue, held against a simulation that serves one Case after the other."""

import heapq
import math
import random

import pytest

from bihuan.spine.cases.surge import forecast
from bihuan.spine.cases.surge.forecast import (
    SLOT_MIN,
    SLOTS,
    Load,
    expected,
    late_after,
    more_needed,
    outlook,
)

HOURS = 72


def a_load(per_h: int = 60, pace: int = 60, overdue: int = 0, due_soon: int = 0, **fields: object) -> Load:
    dues = [0] * SLOTS
    dues[6] = due_soon
    known = {"opened": [per_h] * HOURS, "done": [pace] * HOURS, "dues": dues, "overdue": overdue}
    return Load(**{**known, "allowance_min": 120.0, "people": 10, **fields})  # type: ignore[arg-type]


def simulated(load: Load, per_h: float, seed: int) -> float | None:
    """Serve by deadlines, one after the other at the load's pace; return when the first new lateness happens."""
    chance = random.Random(seed)
    queue = [(-1.0, n) for n in range(load.overdue)]
    queue += [((slot + 1) * SLOT_MIN, n) for slot, count in enumerate(load.dues) for n in range(count)]
    heapq.heapify(queue)
    arrival, free, step = chance.expovariate(per_h / 60), 0.0, 60 / load.pace
    while free < forecast.HORIZON_H * 60:
        while arrival <= free:
            heapq.heappush(queue, (arrival + load.allowance_min, 0))
            arrival += chance.expovariate(per_h / 60)
        if not queue:
            free = arrival
            continue
        due, _ = heapq.heappop(queue)
        free += step
        if 0 <= due < free:
            return due
    return None


def test_a_queue_that_keeps_up_is_not_late() -> None:
    assert outlook(a_load(per_h=50, pace=60)).likely_min is None


def test_what_is_due_in_an_hour_and_can_not_be_done_by_then_is_late_then() -> None:
    assert late_after(a_load(per_h=0, pace=60, due_soon=71), [0.0] * 24, 60) == 70
    assert late_after(a_load(per_h=0, pace=60, due_soon=69), [0.0] * 24, 60) is None


def test_a_pace_below_the_arrivals_makes_the_queue_late_some_time() -> None:
    seen = outlook(a_load(per_h=90, pace=60))
    assert seen.likely_min is not None
    assert seen.likely_min > 120


def test_two_more_people_are_what_is_missing() -> None:
    load = a_load(per_h=72, pace=60)
    more = more_needed(load, expected(load.opened))
    assert more is not None
    each = load.pace / load.people
    assert late_after(load, expected(load.opened), load.pace + more * each) is None
    assert late_after(load, expected(load.opened), load.pace + (more - 1) * each) is not None


def test_nobody_on_duty_gives_no_number_of_people() -> None:
    assert outlook(a_load(per_h=90, pace=60, people=0)).more is None


def test_the_range_holds_what_is_likely_and_small_numbers_make_it_wide() -> None:
    large, small = (outlook(a_load(per_h=9 * n, pace=6 * n)) for n in (100, 2))
    for one in (large, small):
        assert one.earliest_min is not None and one.likely_min is not None
        assert one.earliest_min <= one.likely_min <= (one.latest_min or math.inf)
    assert _width(large) < _width(small)


def _width(one: forecast.Outlook) -> float:
    return (one.latest_min or math.inf) - (one.earliest_min or 0)


def test_the_usual_hours_of_the_day_are_followed() -> None:
    day = [10] * 12 + [100] * 12
    coming = expected(day * 3)
    assert coming == pytest.approx([10] * 12 + [100] * 12)


def test_a_day_twice_as_busy_as_usual_is_expected_to_go_on_so() -> None:
    assert expected([10] * 69 + [20] * 3) == pytest.approx([20] * 24)


def test_with_less_than_a_day_known_the_last_hours_go_on() -> None:
    assert expected([0, 30, 30, 30]) == pytest.approx([30] * 24)


@pytest.mark.parametrize("per_h", [75, 90, 130])
@pytest.mark.parametrize("due_soon", [0, 150])
def test_simulated_queues_become_late_within_the_forecast_range(per_h: int, due_soon: int) -> None:
    load = a_load(per_h=per_h, pace=60, due_soon=due_soon)
    said = outlook(load)
    found = [at for seed in range(20) if (at := simulated(load, per_h, seed)) is not None]
    inside = [at for at in found if _is_within(at, said)]
    assert len(found) >= 18
    assert len(inside) >= 0.75 * len(found), (said, sorted(found))


def _is_within(at: float, said: forecast.Outlook) -> bool:
    early = said.earliest_min if said.earliest_min is not None else math.inf
    late = said.latest_min if said.latest_min is not None else math.inf
    return early - SLOT_MIN <= at <= late + SLOT_MIN


def test_simulated_queues_that_keep_up_are_seldom_foretold_late() -> None:
    load = a_load(per_h=45, pace=60)
    assert outlook(load).likely_min is None
    assert [simulated(load, 45, seed) for seed in range(10)] == [None] * 10


def test_several_queues_together_add_up() -> None:
    one, other = a_load(per_h=10, allowance_min=60.0), a_load(per_h=30, allowance_min=100.0, overdue=2)
    both = forecast.together([one, other], people=4)
    assert (both.opened[0], both.overdue, both.people) == (40, 2, 4)
    assert both.allowance_min == pytest.approx(90)


def test_no_queue_at_all_is_no_forecast_of_lateness() -> None:
    assert outlook(forecast.together([], people=0)).likely_min is None
