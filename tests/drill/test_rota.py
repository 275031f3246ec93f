"""The rota of the demonstration."""

from bihuan.drill.rota import rota_rows
from bihuan.drill.staff import staff_rows


def test_nobody_stands_in_two_rows() -> None:
    people = [name for row in rota_rows() for name in row["people"]]
    assert len(people) == len(set(people))


def test_everybody_who_works_on_cases_takes_turns() -> None:
    working = {
        row["username"] for row in staff_rows() if row["role"] not in {"administrator", "auditor", "reviewer"}
    }
    assert {name for row in rota_rows() for name in row["people"]} == working


def test_every_office_with_an_officer_has_one_on_duty() -> None:
    offices = {row["agency"] for row in staff_rows() if row["role"] == "officer"}
    assert offices <= {row["agency"] for row in rota_rows() if row["duty"] == "officer"}


def test_somebody_supervises_the_whole_city() -> None:
    assert any(row["agency"] == "command" and row["duty"] == "supervisor" for row in rota_rows())
