"""Offers and needs from tables (CSV), with every fault named by its line, and a plan back into one."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bihuan.engines.matching.plan import Plan
from bihuan.engines.matching.problem import DAY_S, FOREVER_S, NOBODY, Needs, Offers, Problem

YES = {"yes", "true", "1", "是"}
NO = {"", "no", "false", "0", "否"}


@dataclass(frozen=True)
class Fault:
    """What is wrong in a table: the line, the column, and what to do about it."""

    line: int
    column: str
    words: str

    def __str__(self) -> str:
        """Say it in a line."""
        return f"line {self.line}, {self.column}: {self.words}"


@dataclass
class Table:
    """Rows that could be read, and what is wrong with the others."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Unreadable(ValueError):
    """A field does not say what its column asks for."""


def _number(least: float, most: float, whole: bool) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = int(text) if whole else float(text)
        except ValueError:
            raise Unreadable(f"{text!r} is no {'whole ' if whole else ''}number") from None
        if not least <= value <= most:
            raise Unreadable(f"{text} is not between {least:g} and {most:g}")
        return value

    return read


def _flag(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise Unreadable(f"{text!r} is neither yes nor no")
    return text.lower() in YES


def _text(text: str) -> str:
    if not text:
        raise Unreadable("it is empty")
    return text


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unreadable(f"{text!r} is no date like 2026-11-27") from None


# Column -> how it is read, and what an empty field or a missing column means (None: it must be there).
Columns = dict[str, tuple[Callable[[str], Any], str | None]]
COUNT = _number(1, 10**9, whole=True)
PLACE: Columns = {
    "name": (_text, None),
    "kind": (_text, None),
    "quantity": (COUNT, None),
    "lon": (_number(-180, 180, whole=False), None),
    "lat": (_number(-90, 90, whole=False), None),
}
OFFER: Columns = PLACE | {
    "expires_on": (_day, ""),
    "cold": (_flag, "no"),
    "meant_for": (str, ""),
    "lot": (COUNT, "1"),
    "pack": (COUNT, "1"),
}
NEED: Columns = PLACE | {
    "priority": (_number(1, 9, whole=True), "1"),
    "can_cool": (_flag, "yes"),
    "use_days": (_number(0, 365, whole=False), "0"),
}
SUBSTITUTE: Columns = {
    "lacking": (_text, None),
    "given": (_text, None),
    "metres": (_number(0, 10**6, whole=True), "0"),
}


def read_table(text: str, columns: Columns, *, unique: str = "") -> Table:
    """Read a table with a header line; a row with a fault is left out and every fault in it named.

    Parameters
    ----------
    columns
        What the columns are called and how they are read: `OFFER`, `NEED` or `SUBSTITUTE`.
    unique
        A column in which no two rows may say the same.
    """
    table, seen = Table(), set[str]()
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restval="")
    missing = [c for c, (_, empty) in columns.items() if empty is None and c not in (reader.fieldnames or [])]
    if missing:
        return Table(faults=[Fault(1, c, "the table has no such column") for c in missing])
    for raw in reader:
        row, faults = _row(raw, columns, reader.line_num)
        if unique and not faults and row[unique] in seen:
            faults = [Fault(reader.line_num, unique, f"{row[unique]!r} stands in an earlier line too")]
        table.faults += faults
        if not faults:
            table.rows.append(row | {"line": reader.line_num})
            seen.add(str(row.get(unique)))
    return table


def _row(raw: Mapping[str, str], columns: Columns, line: int) -> tuple[dict[str, Any], list[Fault]]:
    row: dict[str, Any] = {}
    faults = []
    for column, (read, empty) in columns.items():
        try:
            row[column] = read((raw.get(column) or "").strip() or empty or "")
        except Unreadable as error:
            faults.append(Fault(line, column, str(error)))
    return row, faults


def offers_and_needs(
    offers: Table, needs: Table, today: date
) -> tuple[Offers, Needs, list[str], list[Fault]]:
    """Return offers, needs, the names of the kinds, and the offers meant for nobody that is known.

    An offer keeps until the end of the day on which it expires.
    """
    kinds = sorted({row["kind"] for row in (*offers.rows, *needs.rows)})
    number = {kind: k for k, kind in enumerate(kinds)}
    of_need = {row["name"]: k for k, row in enumerate(needs.rows)}
    lost = [row for row in offers.rows if row["meant_for"] and row["meant_for"] not in of_need]
    good = [row for row in offers.rows if row not in lost]
    shared = ("quantity", "lon", "lat")
    made = Offers.of(
        **{c: [row[c] for row in good] for c in ("name", *shared, "lot", "pack")},
        kind=[number[row["kind"]] for row in good],
        keeps_s=[_keeps_s(row["expires_on"], today) for row in good],
        is_cold=[row["cold"] for row in good],
        earmark=[of_need.get(row["meant_for"], NOBODY) for row in good],
    )
    lacking = Needs.of(
        **{c: [row[c] for row in needs.rows] for c in ("name", *shared, "priority", "can_cool")},
        kind=[number[row["kind"]] for row in needs.rows],
        use_s=[round(row["use_days"] * DAY_S) for row in needs.rows],
    )
    words = "nobody of this name is in need"
    return made, lacking, kinds, [Fault(row["line"], "meant_for", words) for row in lost]


def _keeps_s(expires_on: date | None, today: date) -> int:
    return FOREVER_S if expires_on is None else ((expires_on - today).days + 1) * DAY_S


def substitutes_of(table: Table, kinds: list[str]) -> dict[tuple[int, int], int]:
    """Return what may stand in for what, as `link` asks for it; kinds that nobody has are left out."""
    number = {kind: k for k, kind in enumerate(kinds)}
    known = [row for row in table.rows if row["lacking"] in number and row["given"] in number]
    return {(number[row["lacking"]], number[row["given"]]): row["metres"] for row in known}


def write_plan(problem: Problem, plan: Plan) -> str:
    """Return a plan as a table: offer, need, quantity."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("offer", "need", "quantity"))
    writer.writerows(_matches(problem, plan))
    return out.getvalue()


def _matches(problem: Problem, plan: Plan) -> Iterator[tuple[str, str, int]]:
    for o, n, units in zip(plan.offer.tolist(), plan.need.tolist(), plan.quantity.tolist(), strict=True):
        yield problem.offers.name[o], problem.needs.name[n], units
