"""Accounts of the demonstration."""

import pytest

from bihuan.drill.agencies import agency_rows
from bihuan.drill.rules import rule_rows
from bihuan.drill.staff import staff_rows

pytestmark = pytest.mark.once

PARENTS = {row["code"]: row["parent"] for row in agency_rows()}


def _above(agency: str | None) -> set[str]:
    found = set[str]()
    while agency:
        found.add(agency)
        agency = PARENTS[agency]
    return found


def test_every_account_has_an_agency_of_the_city() -> None:
    assert {row["agency"] for row in staff_rows()} <= set(PARENTS)


def test_every_role_is_filled() -> None:
    roles = {row["role"] for row in staff_rows()}
    assert roles == {"administrator", "auditor", "commander", "officer", "operator", "reviewer", "supervisor"}


def test_usernames_are_unique() -> None:
    names = [row["username"] for row in staff_rows()]
    assert len(set(names)) == len(names)


def test_every_agency_that_a_rule_names_has_an_officer_at_it_or_above_it() -> None:
    officers = {row["agency"] for row in staff_rows() if row["role"] == "officer"}
    assert all(_above(rule["agency"]) & officers for rule in rule_rows("x"))
