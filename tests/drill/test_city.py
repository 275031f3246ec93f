"""The city in a box as a whole."""

import ast
import json
from pathlib import Path

import pytest

import bihuan.drill
from bihuan.drill.city import make_city

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def city():
    return make_city(2022)


def test_the_same_seed_makes_the_same_city(city) -> None:
    assert make_city(2022) == city


def test_another_seed_makes_another_city(city) -> None:
    assert make_city(2023)["sites"] != city["sites"]


def test_the_city_can_be_written_as_json(city) -> None:
    assert json.loads(json.dumps(city))["sites"] == city["sites"]


def test_it_has_nine_districts_and_all_their_streets(city) -> None:
    levels = [row["level"] for row in city["districts"]]
    assert (levels.count("county"), levels.count("street")) == (9, 112)


def test_it_says_in_both_languages_that_it_is_invented(city) -> None:
    assert "虚构" in city["label"]
    assert "invented" in city["label"]


def test_codes_of_sites_are_unique(city) -> None:
    codes = [site["code"] for site in city["sites"]]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("small", [False, True])
def test_whatever_a_row_refers_to_is_in_the_city(small: bool) -> None:
    city = make_city(1, small=small)
    districts = {row["code"] for row in city["districts"]}
    sites = {row["code"] for row in city["sites"]}
    assert {site["district"] for site in city["sites"]} | {
        site["street"] for site in city["sites"]
    } <= districts
    assert {rule["district"] for rule in city["rules"]} - {None} <= districts
    assert {rule["site"] for rule in city["rules"]} - {None} <= sites


def test_the_drill_imports_no_other_floor() -> None:
    for path in Path(bihuan.drill.__path__[0]).glob("*.py"):
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [alias.name for alias in getattr(node, "names", []) if isinstance(node, ast.Import)]
            )
        }
        assert not any(n.split(".")[0] == "django" for n in names)
        assert all(n.startswith("bihuan.drill") for n in names if n.startswith("bihuan"))
