"""Which service level a Case has."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Agreement, Calendar, Level
from bihuan.spine.cases.promises import clocks, levels
from bihuan.spine.cases.promises.standard import LEVELS, UNSORTED
from bihuan.spine.cases.registry import Promise, ServiceSpec, registry
from bihuan.spine.places.models import Zone
from tests.spine.cases.known import NOON, World, make_case, make_service

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 9:00 in the city
NIGHT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 23:30


def line(order: int, minutes: int, **conditions: Any) -> Level:
    """Make a line that is known by its minutes."""
    times = dict.fromkeys(levels.MINUTES, minutes)
    return Level(
        pk=order, order=order, calendar=Calendar(code="always", kind="always"), **times, **conditions
    )


def found(
    book: levels.Book, *, service: int = 7, urgency: str = "life", priority: str = "normal", **said: Any
) -> int:
    level = book.find(service, urgency, priority, said.get("zone", ""), said.get("at", MORNING))
    assert level is not None
    return level.resolve_min


def test_the_line_with_the_lowest_order_that_fits_decides() -> None:
    book = levels.Book([line(3, 3), line(1, 1, priority="urgent"), line(2, 2, urgency="life")])
    assert (found(book), found(book, priority="urgent"), found(book, urgency="general")) == (2, 1, 3)


def test_a_line_of_one_service_is_for_no_other() -> None:
    book = levels.Book([line(1, 1, service_id=7), line(2, 2)])
    assert (found(book), found(book, service=8)) == (1, 2)


def test_outside_all_zones_a_line_for_normal_fits_and_one_for_sealed_does_not() -> None:
    book = levels.Book([line(1, 1, zone_state="sealed"), line(2, 2, zone_state="normal")])
    assert (found(book), found(book, zone="normal"), found(book, zone="sealed")) == (2, 2, 1)


@pytest.mark.parametrize(
    ("from_min", "until_min", "at", "fits"),
    [
        (540, 600, MORNING, True),
        (540, 600, MORNING + timedelta(hours=1), False),
        (22 * 60, 6 * 60, NIGHT, True),
        (22 * 60, 6 * 60, NIGHT + timedelta(hours=6), True),
        (22 * 60, 6 * 60, NIGHT + timedelta(hours=7), False),
        (0, 1440, NIGHT, True),
    ],
)
def test_hours_are_of_the_citys_day_and_may_pass_midnight(
    from_min: int, until_min: int, at: datetime, fits: bool
) -> None:
    book = levels.Book([line(1, 1, from_min=from_min, until_min=until_min), line(2, 2)])
    assert (found(book, at=at) == 1) == fits


def test_an_empty_city_begins_with_the_fields_standard_times(db: None) -> None:
    book = levels.book()
    assert Agreement.objects.get().number == 1
    for (urgency, priority), times in LEVELS.items():
        level = book.find(None, urgency, priority, "", MORNING)
        assert level is not None
        assert [getattr(level, name) for name in levels.MINUTES] == [
            getattr(times, name) for name in levels.MINUTES
        ]
        assert level.calendar.code == times.calendar
    unsorted = book.find(None, "", "normal", "", MORNING)
    assert unsorted is not None and unsorted.resolve_min == UNSORTED.resolve_min
    assert levels.ensure() == levels.in_force()
    assert Event.objects.filter(verb="level_begun").count() == 1


def test_a_service_that_promises_more_than_its_class_has_a_line_of_its_own(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = ServiceSpec(
        code="oxygen", zh="氧气", en="Oxygen", about_zh="", about_en="", group="health", icon="wind", agency="",
        urgency="life", promises={"normal": Promise(accept_min=10, resolve_min=45)},
    )  # fmt: skip
    monkeypatch.setitem(registry.services, "oxygen", spec)
    service = make_service("oxygen", urgency="life")
    book = levels.book()
    closer = book.find(service.pk, "life", "normal", "", MORNING)
    assert closer is not None
    assert [getattr(closer, name) for name in levels.MINUTES] == [10, 10, 45, 45]
    other = book.find(service.pk, "life", "urgent", "", MORNING)
    assert other is not None and other.service is None


def test_a_case_keeps_the_zone_and_the_level_that_it_was_opened_with(world: World) -> None:
    square = [[113.0, 27.0], [114.0, 27.0], [114.0, 28.0], [113.0, 28.0], [113.0, 27.0]]
    outline = {"type": "Polygon", "coordinates": [square]}
    zone = Zone.objects.create(
        code="z", name_zh="区", state="sealed", outline=outline, from_at=NOON - timedelta(days=1)
    )
    Level.objects.filter(order=3).update(zone_state="sealed")
    case = make_case(world, opened_at=NOON, lon=113.5, lat=27.5, priority="urgent")
    fields = clocks.start(case, NOON)
    assert (fields["zone_state"], fields["level"].order) == ("sealed", 3)
    zone.delete()
    for name, value in fields.items():
        setattr(case, name, value)
    assert clocks.on_change(case, NOON)["level"].order == 3
