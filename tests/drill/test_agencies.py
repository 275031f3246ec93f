"""The tree of offices."""

import pytest

from bihuan.drill.agencies import agency_rows, community_of, team_rows
from bihuan.drill.divisions import DIVISIONS

pytestmark = pytest.mark.once


def test_each_agency_comes_after_its_parent() -> None:
    seen: set[str | None] = {None}
    for row in agency_rows():
        assert row["parent"] in seen
        seen.add(row["code"])


def test_no_code_is_used_twice() -> None:
    codes = [row["code"] for row in agency_rows()]
    assert len(set(codes)) == len(codes)


def test_each_district_has_a_command_and_a_community_centre() -> None:
    parents = {row["code"]: row["parent"] for row in agency_rows()}
    for division in DIVISIONS:
        assert parents[parents[community_of(division.code)]] == "command"


def test_each_team_belongs_to_an_agency_and_bears_its_own_name() -> None:
    teams = team_rows()
    assert {team["agency"] for team in teams} <= {row["code"] for row in agency_rows()}
    assert len({(team["agency"], team["name_zh"]) for team in teams}) == len(teams)
