"""A period of the audit, page by page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import clock
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.afteraction import timeline
from bihuan.spine.cases.afteraction.timeline import Cursor, Window, page, stream
from tests.spine.cases.afteraction.made import DAY, at, told, write_day
from tests.spine.cases.known import NOON, World, make_case, make_service


def verbs(window: Window) -> list[str]:
    return [event.verb for event in stream(window)]


def test_a_timeline_tells_all_of_its_period_in_order_and_nothing_else(world: World) -> None:
    write_day(world)
    told("late one", subject=("test", 1))
    found = list(stream(DAY))
    assert [event.at for event in found] == sorted(event.at for event in found)
    assert {event.pk for event in found} == set(
        Event.objects.filter(at__gte=DAY.from_at, at__lt=DAY.until_at).values_list("pk", flat=True)
    )


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_of_any_length_give_each_event_once(world: World, limit: int) -> None:
    write_day(world)
    found, after = [], None
    while True:
        part = page(DAY, after, limit)
        assert len(part.events) <= limit
        found += [event.pk for event in part.events]
        after = part.next and Cursor.parse(str(part.next))
        if after is None:
            break
    assert found == [event.pk for event in stream(DAY)]


def test_many_events_of_one_instant_are_told_once_each(world: World) -> None:
    with clock.running(lambda: NOON):
        numbers = [told("same").pk for _ in range(7)]
    first = page(DAY, None, 3)
    second = page(DAY, first.next, 10)
    assert [event.pk for event in [*first.events, *second.events] if event.verb == "same"] == numbers


def test_only_the_named_agencies_services_and_kinds_are_shown(world: World) -> None:
    write_day(world)
    other = make_service("water_leak")
    with clock.running(lambda: at(60)):
        make_case(world, agency=world.water, service=other)
    narrowed = [
        Window(DAY.from_at, DAY.until_at, agencies=(world.water.pk,)),
        Window(DAY.from_at, DAY.until_at, services=(other.pk,)),
        Window(DAY.from_at, DAY.until_at, kinds=("command", "clock")),
    ]
    assert list(map(verbs, narrowed)) == [["opened"], ["opened"], ["breached", "rules_switched"]]


def test_a_page_that_finds_little_says_how_far_it_looked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "LOOKED_AT", 2)
    monkeypatch.setattr(timeline, "LOOKS", 1)
    monkeypatch.setattr(timeline.slice_end, "__defaults__", (2,))
    write_day(world)
    readings = Window(DAY.from_at, DAY.until_at, kinds=("reading",))
    first = page(readings)
    assert (first.events, first.is_cut) == ([], True)
    assert first.next
    assert verbs(readings) == ["reveal"]


def test_a_page_costs_the_same_number_of_queries_wherever_it_is(world: World) -> None:
    write_day(world)
    first = page(DAY, None, 2)
    with CaptureQueriesContext(connection) as queries:
        page(DAY, first.next, 2)
    assert len(queries) == 2


@pytest.mark.parametrize(
    "text", ["", "x", "2026-11-23", "2026-11-23T00:00:00,5", ",", "2026-11-23T00:00:00+00:00,-1"]
)
def test_a_cursor_that_nobody_gave_out_is_none(text: str) -> None:
    assert Cursor.parse(text) is None


def test_a_stream_stops_where_it_is_told(world: World) -> None:
    write_day(world)
    assert len(list(stream(DAY, 3))) == 3
    assert list(stream(Window(NOON + timedelta(days=9), NOON + timedelta(days=10)))) == []
