"""The ordered rules of the demonstration."""

import pytest

from bihuan.drill.agencies import agency_rows
from bihuan.drill.divisions import DIVISIONS
from bihuan.drill.rules import rule_rows

pytestmark = pytest.mark.once

RULES = rule_rows("430211001-hospital-21")


def test_rules_are_numbered_from_one_without_a_gap() -> None:
    assert [rule["number"] for rule in RULES] == list(range(1, len(RULES) + 1))


def test_every_rule_names_an_agency_and_reads_in_both_languages() -> None:
    agencies = {row["code"] for row in agency_rows()}
    assert all(rule["agency"] in agencies and rule["name_zh"] and rule["name_en"] for rule in RULES)


def test_no_rule_matches_everything() -> None:
    assert all(rule["service"] or rule["words"] or rule["site"] for rule in RULES)


def test_power_failures_of_every_district_have_a_branch() -> None:
    districts = {rule["district"] for rule in RULES if rule["service"] == "power_failure"}
    assert districts >= {division.code for division in DIVISIONS}


def test_the_rule_for_a_house_on_oxygen_comes_before_those_of_the_districts() -> None:
    power = [rule for rule in RULES if rule["service"] == "power_failure"]
    first_plain = next(i for i, rule in enumerate(power) if rule["district"])
    assert all(rule["priority"] == "urgent" for rule in power[:first_plain])
