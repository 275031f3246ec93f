"""Districts, streets and compounds of the demonstration."""

from collections import Counter
from random import Random

import pytest
from shapely import Point, Polygon

from bihuan.drill.divisions import TOTAL
from bihuan.drill.places import compound_rows, district_rows, lay_out

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def settlements():
    return lay_out(Random(2022))


@pytest.fixture(scope="module")
def compounds(settlements):
    return compound_rows(Random(2022), settlements)


def test_everybody_lives_in_one_district_one_street_and_one_compound(settlements, compounds) -> None:
    districts = district_rows(settlements)
    for level in ("county", "street"):
        assert sum(row["population"] for row in districts if row["level"] == level) == TOTAL
    assert sum(row["population"] for row in compounds) == TOTAL


def test_the_compounds_of_a_street_hold_its_people(settlements, compounds) -> None:
    held = Counter[str]()
    for row in compounds:
        held[row["street"]] += row["population"]
    assert held == {place.street.code: place.population for place in settlements}


def test_there_are_about_six_hundred_compounds(compounds) -> None:
    assert 550 <= len(compounds) <= 650


def test_every_compound_lies_in_its_district(settlements, compounds) -> None:
    outlines = {
        row["code"]: Polygon(row["outline"]["coordinates"][0]).buffer(0.001)
        for row in district_rows(settlements)
        if row["outline"]
    }
    assert all(outlines[row["district"]].contains(Point(row["lon"], row["lat"])) for row in compounds)


def test_every_compound_says_that_it_is_synthetic(compounds) -> None:
    assert all(row["is_synthetic"] for row in compounds)


def test_nobody_lives_without_a_household_or_a_building(compounds) -> None:
    assert all(0 < row["buildings"] <= row["households"] <= row["population"] for row in compounds)


def test_a_small_city_keeps_all_the_people() -> None:
    rng = Random(1)
    small = lay_out(rng, streets_each=2)
    assert len(small) == 18
    rows = compound_rows(rng, small, most=3)
    assert sum(row["population"] for row in rows) == TOTAL
    assert max(Counter(row["street"] for row in rows).values()) == 3
