from datetime import date

import numpy as np

from bihuan.engines.matching import Plan, Problem, link
from bihuan.engines.matching.rows import (
    NEED,
    OFFER,
    SUBSTITUTE,
    offers_and_needs,
    read_table,
    substitutes_of,
    write_plan,
)

OFFERS = """name,kind,quantity,lon,lat,expires_on,cold,meant_for,lot,pack
Market,rice,40,113.1,27.8,2026-11-27,,,,10
Dairy,milk,12,113.2,27.9,,yes,School,2,
"""
NEEDS = """name,kind,quantity,lon,lat,priority,can_cool,use_days
School,milk,20,113.1,27.8,2,yes,0.5
Home,rice,10,113.1,27.8,,no,
"""
TODAY = date(2026, 11, 27)


def test_tables_become_columns() -> None:
    offers, needs, kinds, faults = offers_and_needs(read_table(OFFERS, OFFER), read_table(NEEDS, NEED), TODAY)
    assert faults == [] and kinds == ["milk", "rice"]
    assert offers.keeps_s.tolist() == [86_400, 10**9]
    assert (offers.pack.tolist(), offers.lot.tolist(), offers.earmark.tolist()) == ([10, 1], [1, 2], [-1, 0])
    assert (needs.priority.tolist(), needs.use_s.tolist()) == ([2, 1], [43_200, 0])
    assert (offers.is_cold.tolist(), needs.can_cool.tolist()) == ([False, True], [True, False])


def test_every_fault_is_named_by_its_line_and_the_other_rows_are_read() -> None:
    text = NEEDS + "Shop,rice,many,400,27.8,,perhaps,\nSchool,milk,1,113,27,,,\n"
    table = read_table(text, NEED, unique="name")
    assert [str(fault) for fault in table.faults] == [
        "line 4, quantity: 'many' is no whole number",
        "line 4, lon: 400 is not between -180 and 180",
        "line 4, can_cool: 'perhaps' is neither yes nor no",
        "line 5, name: 'School' stands in an earlier line too",
    ]
    assert [row["name"] for row in table.rows] == ["School", "Home"]


def test_a_table_without_a_column_is_told_so() -> None:
    faults = read_table("name,kind,lon,lat\n", OFFER).faults
    assert [str(fault) for fault in faults] == ["line 1, quantity: the table has no such column"]


def test_dates_and_empty_names_are_looked_at() -> None:
    row = "name,kind,quantity,lon,lat,expires_on\n,rice,1,113,27,27.11.2026\n"
    assert [fault.column for fault in read_table(row, OFFER).faults] == ["name", "expires_on"]


def test_an_offer_meant_for_an_unknown_is_named_and_left_out() -> None:
    text = OFFERS.replace("School", "Nobody")
    offers, _, _, faults = offers_and_needs(read_table(text, OFFER), read_table(NEEDS, NEED), TODAY)
    assert offers.name == ("Market",)
    assert [str(fault) for fault in faults] == ["line 3, meant_for: nobody of this name is in need"]


def test_substitutes_are_read_by_the_names_of_kinds() -> None:
    table = read_table("lacking,given,metres\nrice,milk,500\nrice,bread,1\n", SUBSTITUTE)
    assert substitutes_of(table, ["milk", "rice"]) == {(1, 0): 500}


def test_a_mark_at_the_head_of_the_file_is_no_column() -> None:
    assert read_table("\ufeff" + NEEDS, NEED).faults == []


def test_a_plan_is_written_by_names() -> None:
    offers, needs, _, _ = offers_and_needs(read_table(OFFERS, OFFER), read_table(NEEDS, NEED), TODAY)
    problem = Problem(offers, needs, link(offers, needs))
    plan = Plan(np.array([1]), np.array([0]), np.array([12]))
    assert write_plan(problem, plan) == "offer,need,quantity\nDairy,School,12\n"
