"""The boards' figures, beside a slow recount in Python."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import h3
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import clock, geo
from bihuan.spine.cases import figures, queries
from bihuan.spine.cases.models import Case, Figures
from bihuan.spine.cases.states import ENDED, Priority, Status
from bihuan.spine.places.models import District
from tests.spine.cases.known import NOON, World, make_service

CHANNELS = ["web", "phone", "wechat"]
DAY = timedelta(hours=24)


@pytest.fixture
def city(world: World) -> list[Case]:
    """Two hundred Cases of the last three days, of every kind, made from a seed."""
    rng = random.Random(7)
    services = [world.service, make_service("water"), None]
    districts = [District.objects.create(code=f"d{n}", name_zh=f"区{n}", level="county") for n in range(3)]
    made = [random_case(rng, services, [*districts, None], [world.grid, world.water]) for _ in range(200)]
    Case.objects.bulk_create(made)
    with clock.running(lambda: NOON):
        figures.count()
    return list(Case.objects.select_related("service", "agency", "district"))


def random_case(rng: random.Random, services: list, districts: list, agencies: list) -> Case:
    status = rng.choice([s for s in Status if s != Status.MERGED])
    opened = NOON - timedelta(minutes=rng.randrange(3 * 24 * 60))
    accepted = rng.choice([None, opened + timedelta(seconds=rng.randrange(7200))])
    resolved = rng.choice([None, opened + timedelta(seconds=rng.randrange(90_000))])
    lon, lat = 113.1 + rng.random() / 20, 27.8 + rng.random() / 20
    return Case(
        status=status, is_open=status not in ENDED, service=rng.choice(services), district=rng.choice(districts),
        agency=None if status in {Status.TRIAGE, Status.RETURNED} else rng.choice(agencies),
        priority=rng.choice(Priority.values), channel=rng.choice(CHANNELS),
        opened_at=opened, changed_at=NOON, accepted_at=accepted, resolved_at=resolved,
        ended_at=opened + timedelta(minutes=rng.randrange(600)) if status in ENDED else None,
        due_at=rng.choice([None, NOON - timedelta(minutes=rng.randrange(-600, 600))]),
        breached_at=rng.choice([None, NOON]), returned_count=rng.choice([0, 0, 1]),
        reopened_count=rng.choice([0, 0, 2]), cell=rng.choice(["", geo.cell(lon, lat)]),
    )  # fmt: skip


def is_late(case: Case) -> bool:
    return case.due_at is not None and case.due_at < NOON


def lately(cases: list[Case]) -> list[Case]:
    return [case for case in cases if NOON - DAY < case.opened_at <= NOON]


def average_min(cases: list[Case], field: str) -> float | None:
    spans = [getattr(case, field) - case.opened_at for case in cases if getattr(case, field)]
    return round(sum(spans, timedelta(0)).total_seconds() / len(spans) / 60, 1) if spans else None


def board() -> dict[str, Any]:
    return queries.count_board()


def test_totals_agree_with_a_recount(city: list[Case]) -> None:
    open_ones = [case for case in city if case.is_open]
    expected = {
        "open": len(open_ones),
        "late": sum(map(is_late, open_ones)),
        "triage": sum(case.status in {Status.TRIAGE, Status.RETURNED} for case in open_ones),
        "hold": sum(case.status == Status.HOLD for case in open_ones),
        "urgent": sum(case.priority == Priority.URGENT for case in open_ones),
        "opened_24h": len(lately(city)),
        "ended_24h": sum(case.ended_at is not None and NOON - DAY < case.ended_at <= NOON for case in city),
        "breached_24h": sum(case.breached_at is not None for case in lately(city)),
    }
    assert {name: board()[name] for name in expected} == expected


def test_averages_and_rates_agree_with_a_recount(city: list[Case]) -> None:
    cases, found = lately(city), board()
    assert found["accept_min"] == pytest.approx(average_min(cases, "accepted_at"), abs=0.1)
    assert found["resolve_min"] == pytest.approx(average_min(cases, "resolved_at"), abs=0.1)
    assert found["returned_rate"] == round(sum(c.returned_count > 0 for c in cases) / len(cases), 4)
    assert found["reopened_rate"] == round(sum(c.reopened_count > 0 for c in cases) / len(cases), 4)


@pytest.mark.parametrize("by", ["agency", "service", "district", "channel", "status"])
def test_lists_agree_with_a_recount(city: list[Case], by: str) -> None:
    open_ones = [case for case in city if case.is_open and getattr(case, by) is not None]
    code = (lambda c: getattr(c, by)) if by in {"channel", "status"} else (lambda c: getattr(c, by).code)
    expected = Counter(code(case) for case in open_ones)
    late = Counter(code(case) for case in open_ones if is_late(case))
    rows = board()[f"by_{by}"]
    assert {row["code"]: (row["open"], row["late"]) for row in rows} == {
        c: (n, late[c]) for c, n in expected.items()
    }
    assert [row["open"] for row in rows] == sorted((row["open"] for row in rows), reverse=True)


def test_an_agencys_speed_and_returns_agree_with_a_recount(city: list[Case]) -> None:
    for row in board()["by_agency"]:
        cases = [case for case in lately(city) if case.agency and case.agency.code == row["code"]]
        assert row["opened_24h"] == len(cases)
        assert row["returned"] == sum(case.returned_count > 0 for case in cases)
        assert row["reopened"] == sum(case.reopened_count > 0 for case in cases)
        assert row["accept_min"] == pytest.approx(average_min(cases, "accepted_at"), abs=0.1)


def test_hours_agree_with_a_recount(city: list[Case]) -> None:
    rows = board()["by_hour"]
    assert len(rows) == 48
    hours = [(NOON - timedelta(hours=47 - n)).replace(minute=0).isoformat() for n in range(48)]
    assert [row["hour"] for row in rows] == hours
    for field, name in (("opened_at", "opened"), ("ended_at", "ended")):
        moments = [at for case in city if (at := getattr(case, field)) and at <= NOON]
        expected = Counter(at.replace(minute=0, second=0).isoformat() for at in moments)
        assert [row[name] for row in rows] == [expected[hour] for hour in hours]


def test_a_case_opened_on_the_stroke_of_an_hour_counts_for_the_hour_that_begins(world: World) -> None:
    common = {"status": "waiting", "agency": world.grid, "channel": "web", "changed_at": NOON}
    for n in range(48):
        Case.objects.create(**common, opened_at=NOON - timedelta(hours=n))
    with clock.running(lambda: NOON):
        figures.count()
    assert [row["opened"] for row in board()["by_hour"]] == [1] * 48


def test_the_maps_cells_agree_with_a_recount(city: list[Case]) -> None:
    cells = Figures.objects.get(name="map").values["cells"]
    placed = [case for case in city if case.is_open and case.cell]
    parent = {case.pk: h3.cell_to_parent(case.cell, figures.MAP_RESOLUTION) for case in placed}
    expected = Counter(parent.values())
    assert {cell["cell"]: cell["open"] for cell in cells} == expected
    for cell in cells:
        inside = [case for case in placed if parent[case.pk] == cell["cell"]]
        assert cell["late"] == sum(map(is_late, inside))
        assert cell["by_status"] == Counter(case.status for case in inside)


def test_an_empty_city_has_figures_too(db: None) -> None:
    figures.count()
    assert (board()["open"], board()["accept_min"], board()["returned_rate"]) == (0, None, None)
    assert queries.count_public()["by_service"] == []


def test_the_public_board_shows_no_agency_no_status_and_nobody(city: list[Case]) -> None:
    assert set(queries.count_public()) == {
        "open", "opened_24h", "ended_24h", "accept_min", "resolve_min", "by_hour", "by_service", "by_district",
        "counted_at",
    }  # fmt: skip


def rows(*numbers: int) -> list[dict[str, Any]]:
    return [{"code": str(n), "zh": "", "en": "", "open": n, "late": 0} for n in numbers]


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([30, 9, 5], [30, 9, 5]),
        ([30, 4, 2], [30, None, None]),
        # One gap alone could be worked out from the total, so a second one is made.
        ([30, 9, 4], [30, None, None]),
        ([30, 4, 0], [None, None, 0]),
        ([4], [None]),
    ],
)
def test_small_numbers_are_not_shown_to_the_public(numbers: list[int], shown: list[int | None]) -> None:
    assert [row["open"] for row in figures.without_small(rows(*numbers))] == shown


def test_counting_again_replaces_the_figures_and_says_when(city: list[Case]) -> None:
    later = NOON + timedelta(minutes=1)
    with clock.running(lambda: later):
        figures.count()
    assert {row.counted_at for row in Figures.objects.all()} == {later}
    assert Figures.objects.count() == 3


def test_counting_takes_the_same_statements_at_any_number_of_cases(city: list[Case]) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            figures.count()
        return len(captured)

    many = statements()
    Case.objects.filter(pk__in=[case.pk for case in city[10:]]).delete()
    assert statements() == many


def test_reading_a_board_is_one_statement(city: list[Case]) -> None:
    with CaptureQueriesContext(connection) as captured:
        queries.count_board()
    assert len(captured) == 1
