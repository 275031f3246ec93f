"""Many applications in one file."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import Workbook

from bihuan.kernel.errors import Refused
from bihuan.lines.passes import bulk
from bihuan.lines.passes.models import Bulk, Desk, Pass
from tests.lines.passes.asked import typed


def row(**said: str) -> dict[str, str]:
    form = typed()
    known = {
        "申请身份": "收货单位", "车牌号码": form["plate"], "车牌颜色": "黄牌", "驾驶员": "郑甲", "货物类别": "medical",
        "货物名称": "防护服", "数量": "8", "单位": "吨", "始发地代码": "430105", "始发地": "长沙开福",
        "目的地": "荷塘区",
        "有效期起": form["valid_from"], "有效期止": form["valid_until"], "闭环运输": "是",
    }  # fmt: skip
    return {**known, **said}


def as_csv(*rows: dict[str, str]) -> BytesIO:
    text = StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(text.getvalue().encode("utf-8-sig"))


def take(file: BytesIO, name: str = "list.csv") -> Bulk:
    return bulk.take_file(name="云里防护用品厂", phone="19900007733", filename=name, file=file)


def test_good_rows_are_taken_and_of_each_other_it_is_said_what_is_wrong(desk: Desk) -> None:
    rows = [row(), row(车牌号码="B1"), row(), row(数量="many"), row(单位="cart")]
    made = take(as_csv(*rows))
    assert (made.rows, made.taken) == (5, 2)
    assert [(line, heading) for line, heading, _ in made.faults] == [
        (3, "车牌号码"),
        (5, "数量"),
        (6, "单位"),
    ]
    assert {one.receiver for one in Pass.objects.all()} == {"云里防护用品厂"}
    assert all(one.bulk == made and one.is_closed_loop for one in Pass.objects.all())


def test_a_workbook_is_read_as_well(desk: Desk) -> None:
    book = Workbook()
    one = row()
    book.active.append(list(one))
    book.active.append(list(one.values()))
    file = BytesIO()
    book.save(file)
    file.seek(0)
    assert take(file, "List.XLSX").taken == 1


def test_a_file_sent_again_makes_nothing_twice(desk: Desk) -> None:
    one = row()
    assert take(as_csv(one)).taken == 1
    again = take(as_csv(one))
    assert again.taken == 0 and Pass.objects.count() == 1
    assert again.faults[0][1] == "车牌号码"


@pytest.mark.parametrize(
    ("wrong", "heading"),
    [
        ({"有效期止": "tomorrow"}, "有效期止"),
        ({"申请身份": ""}, "申请身份"),
        ({"目的地": "那边"}, "destination_code"),
        ({"颜色": "x"}, "颜色"),
    ],
)
def test_each_kind_of_fault_is_named_by_its_column(desk: Desk, wrong: dict[str, str], heading: str) -> None:
    made = take(as_csv(row(**wrong)))
    named = [bulk.HEADINGS.get(heading, heading)]
    assert made.taken == 0 and [fault[1] for fault in made.faults] == named


def test_an_empty_file_and_one_that_is_too_long_are_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused):
        take(BytesIO("车牌号码\n".encode()))
    monkeypatch.setattr(bulk, "MOST_ROWS", 1)
    with pytest.raises(Refused):
        take(as_csv(row(), row()))
    monkeypatch.setattr(bulk, "MOST_BYTES", 10)
    with pytest.raises(Refused):
        take(as_csv(row()))
