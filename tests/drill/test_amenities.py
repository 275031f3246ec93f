"""What serves the streets."""

from random import Random

import pytest

from bihuan.drill.amenities import amenity_rows
from bihuan.drill.places import lay_out

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def settlements():
    return lay_out(Random(3))


@pytest.fixture(scope="module")
def rows(settlements):
    return amenity_rows(Random(3), settlements)


def test_every_street_has_a_community_office_and_a_police_post(settlements, rows) -> None:
    for kind in ("office", "police"):
        assert {row["street"] for row in rows if row["kind"] == kind} == {s.street.code for s in settlements}


def test_every_district_has_two_hospitals_and_power_water_and_gas(rows) -> None:
    for district in {row["district"] for row in rows}:
        kinds = [row["kind"] for row in rows if row["district"] == district]
        assert kinds.count("hospital") == 2
        assert kinds.count("station") == 3


def test_hospitals_and_stations_are_protected_and_nothing_else_is(rows) -> None:
    assert {row["kind"] for row in rows if row["is_protected"]} == {"hospital", "station"}
    assert not any(row["is_protected"] for row in rows if row["kind"] == "shop")


def test_a_hospital_says_that_it_is_the_demonstrations(rows) -> None:
    hospitals = [row for row in rows if row["kind"] == "hospital"]
    assert all("演示" in row["name_zh"] and "Demo" in row["name_en"] for row in hospitals)


def test_codes_are_unique_and_short(rows) -> None:
    codes = [row["code"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert max(map(len, codes)) <= 24
