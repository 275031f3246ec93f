"""The care list from a file: all rows or none."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook

from bihuan.kernel.errors import Refused
from bihuan.lines.protection import importing
from bihuan.lines.protection.importing import HEADINGS, Report
from bihuan.lines.protection.models import Person
from tests.lines.protection.known import make_site
from tests.spine.cases.known import World

ROW = {
    "name": "吴甲",
    "site": "云里小区",
    "kinds": "独居、吸氧或呼吸机",
    "consent": "口头同意",
    "phone": "19900001111",
}


def take(world: World, *rows: dict[str, str]) -> Report:
    make_site()
    out = StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(out)
    writer.writerow([HEADINGS.get(name, name) for name in names])
    writer.writerows([[row.get(name, "") for name in names] for row in rows])
    return importing.take_file(
        name="list.csv", file=BytesIO(out.getvalue().encode("utf-8-sig")), by=world.ben
    )


def test_a_good_file_lists_everybody_with_what_they_have_left(world: World) -> None:
    more = {"oxygen_left": "4", "oxygen_per_day": "1", "dialysis_days": "一三五", "every_h": "12"}
    report = take(world, ROW | more, ROW | {"name": "李乙", "phone": "19900002222"})
    assert (report.faults, len(report.people)) == ([], 2)
    person = Person.objects.get(pk=report.people[0].pk)
    assert (person.kinds, person.dialysis_days, person.every_h) == (",alone,oxygen,", "024", 12)
    assert person.supplies.get().amount == 4
    assert person.agency == world.grid


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"), ({"site": "无此小区"}, "site"), ({"kinds": "ghost"}, "kinds"),
        ({"consent": ""}, "consent"), ({"phone": "12"}, "phone"), ({"every_h": "often"}, "every_h"),
        ({"every_h": "0"}, "every_h"), ({"birth_due_on": "soon"}, "birth_due_on"), ({"agency": "water"}, "agency"),
        ({"gas_left": "3"}, "gas_left"), ({"dialysis_days": "八"}, "dialysis_days"), ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_one_bad_row_keeps_all_out_and_is_named(world: World, wrong: dict[str, str], field: str) -> None:
    good = ROW | {"name": "李乙", "phone": "19900002222"}
    report = take(world, good, ROW | wrong)
    assert not Person.objects.exists()
    assert (3, field) in [(fault.line, fault.field) for fault in report.faults]


def test_twice_the_same_in_one_file_is_named_with_its_line(world: World) -> None:
    report = take(world, ROW, ROW | {"phone": ""}, ROW | {"name": "李乙"})
    assert [fault.line for fault in report.faults] == [3, 4]


def test_who_is_listed_already_is_named(world: World, person: Person) -> None:
    report = take(world, ROW | {"phone": "19900005526"})
    assert str(person.pk) in report.faults[0].problem
    assert Person.objects.count() == 1


def test_a_shared_telephone_is_taken_when_it_is_said(world: World) -> None:
    report = take(world, ROW, ROW | {"name": "李乙", "is_phone_shared": "是"})
    assert len(report.people) == 2


def test_an_xlsx_file_is_read_like_a_csv(world: World) -> None:
    make_site()
    book, out = Workbook(), BytesIO()
    assert book.active is not None
    book.active.append(list(ROW))
    book.active.append(list(ROW.values()))
    book.save(out)
    report = importing.take_file(name="list.XLSX", file=BytesIO(out.getvalue()), by=world.ben)
    assert len(report.people) == 1


def test_an_empty_file_and_one_that_is_none_are_refused(world: World) -> None:
    assert importing.take_file(name="x.csv", file=BytesIO(b""), by=world.ben).faults
    with pytest.raises(Refused):
        importing.take_file(name="x.xlsx", file=BytesIO(b"no book"), by=world.ben)
    with pytest.raises(Refused):
        importing.take_file(name="x.csv", file=BytesIO(b""), by=world.olga)
