"""The table of divisions, held against the national codes where they are at hand."""

import csv
from pathlib import Path

import pytest

from bihuan.drill.divisions import DIVISIONS

pytestmark = pytest.mark.once


def _national(shared: Path, name: str) -> dict[str, str]:
    with (shared / "data/zhuzhou-divisions" / name).open(encoding="utf-8") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def test_every_street_bears_its_national_name_and_code(shared) -> None:
    ours = {street.code: street.zh for division in DIVISIONS for street in division.streets}
    assert ours == _national(shared, "streets.csv")


def test_every_district_bears_its_national_name_and_code(shared) -> None:
    assert {division.code: division.zh for division in DIVISIONS} == _national(shared, "areas.csv")


def test_a_name_in_english_ends_with_what_the_place_is() -> None:
    named = {street.zh: street.en for division in DIVISIONS for street in division.streets}
    assert named["月塘街道"] == "Yuetang Street"
    assert named["中村瑶族乡"] == "Zhongcun Yao Township"
    assert named["茶陵县红色农场"] == "Chaling Hongse Farm"


def test_a_town_is_told_from_a_street_in_town() -> None:
    towns = {street.zh for division in DIVISIONS for street in division.streets if street.is_town}
    assert "三门镇" in towns
    assert "月塘街道" not in towns
