import pytest

from bihuan.engines.travel.profile import CAR, directions, limit_kmh


@pytest.mark.parametrize(
    ("text", "kmh"),
    [("50", 50), ("30 mph", 48.28032), ("20mph", 32.18688), ("walk", 6), ("80 km/h", 80)],
)
def test_limits_are_read_as_they_are_written(text: str, kmh: float) -> None:
    assert limit_kmh(text) == pytest.approx(kmh)


@pytest.mark.parametrize("text", ["", "none", "signals", "RU:urban", "0"])
def test_what_says_no_number_is_no_limit(text: str) -> None:
    assert limit_kmh(text) == float("inf")


def test_the_lower_of_class_and_limit_counts() -> None:
    assert CAR.speed_kmh({"highway": "primary", "maxspeed": "30"}) == pytest.approx(24)
    assert CAR.speed_kmh({"highway": "residential", "maxspeed": "80"}) == pytest.approx(24)


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "footway"},
        {"highway": "primary", "access": "no"},
        {"highway": "primary", "motor_vehicle": "private"},
        {"building": "yes"},
    ],
)
def test_some_ways_are_not_driven(tags: dict[str, str]) -> None:
    assert CAR.speed_kmh(tags) == 0


def test_the_particular_tag_overrules_the_general() -> None:
    assert CAR.speed_kmh({"highway": "service", "access": "no", "motorcar": "yes"}) > 0


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, (True, True)),
        ({"oneway": "yes"}, (True, False)),
        ({"oneway": "-1"}, (False, True)),
        ({"oneway": "no", "junction": "roundabout"}, (True, True)),
        ({"junction": "roundabout"}, (True, False)),
        ({"highway": "motorway"}, (True, False)),
    ],
)
def test_directions_follow_the_tags(tags: dict[str, str], expected: tuple[bool, bool]) -> None:
    assert directions(tags) == expected
