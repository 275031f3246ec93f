"""Many applications in one file: good rows are taken, of each other one it is said what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils import translation
from django.utils.timezone import get_default_timezone, is_naive
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.ids import new_receipt
from bihuan.kernel.private import keyed_hash, normal_phone, seal
from bihuan.lines.passes import applying, counties
from bihuan.lines.passes.drafts import Draft, crew_of
from bihuan.lines.passes.kinds import Applicant, Channel, Colour, Goods, Unit
from bihuan.lines.passes.models import Bulk
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import ASKER, record
from bihuan.spine.door.importing import read_rows

MOST_ROWS = 2000
MOST_BYTES = 4_000_000
HEADINGS = {
    "applicant": "申请身份", "sender": "发货单位", "receiver": "收货单位", "carrier": "承运单位", "contact": "联系人",
    "phone": "电话", "plate": "车牌号码", "plate_colour": "车牌颜色", "trailer_plate": "挂车号牌", "driver": "驾驶员",
    "driver_identity": "驾驶员证件号", "driver_phone": "驾驶员电话", "second": "随车人员",
    "second_identity": "随车人员证件号", "second_phone": "随车人员电话", "goods": "货物类别", "goods_name": "货物名称",
    "quantity": "数量", "unit": "单位", "origin_code": "始发地代码", "origin_name": "始发地",
    "destination_code": "目的地代码", "destination_name": "目的地", "way_points": "途经", "valid_from": "有效期起",
    "valid_until": "有效期止", "is_closed_loop": "闭环运输", "note": "说明",
}  # fmt: skip
"""The columns of a file: their code, and the heading that people write."""
NEEDED = (
    "applicant", "plate", "driver", "goods", "goods_name", "quantity", "unit", "valid_from", "valid_until",
)  # fmt: skip
TEXTS = (
    "sender", "receiver", "carrier", "plate", "trailer_plate", "goods_name", "origin_name", "destination_name",
    "note",
)  # fmt: skip
_CODES = {zh: code for code, zh in HEADINGS.items()} | {code: code for code in HEADINGS}
_YES = {"1", "yes", "true", "是", "有"}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row of a file."""

    line: int
    field: str
    problem: str

    def row(self) -> list[object]:
        """Return it as it is kept: line, heading, problem."""
        return [self.line, HEADINGS.get(self.field, self.field), self.problem]


def take_file(*, name: str, phone: str, filename: str, file: IO[bytes], by: User | None = None) -> Bulk:
    """Take every good row of a CSV or XLSX file; the receipt of the file tells of each other one what is wrong."""
    plain_phone = normal_phone(phone)
    rows = list(_rows(filename, file))
    if not rows:
        raise Refused(_("The file has no rows."), code="empty", field="file")
    now = clock.now()
    bulk = Bulk.objects.create(
        receipt=new_receipt(), name=name.strip()[:120], phone_sealed=seal(plain_phone),
        phone_hash=keyed_hash(plain_phone), rows=len(rows), taken=0, at=now, by=by,
    )  # fmt: skip
    faults = [fault for number, row in rows if (fault := _take(number, row, bulk, name, plain_phone))]
    return _close(bulk, len(rows) - len(faults), faults, by)


@transaction.atomic
def _close(bulk: Bulk, taken: int, faults: list[Fault], by: User | None) -> Bulk:
    bulk.taken, bulk.faults = taken, [fault.row() for fault in faults]
    bulk.save(update_fields=["taken", "faults"])
    detail = {"rows": bulk.rows, "taken": taken}
    record(by=by or ASKER, verb="pass_bulk", subject=bulk, detail=detail)
    return bulk


def _rows(filename: str, file: IO[bytes]) -> Iterator[tuple[int, Mapping[str, str]]]:
    suffix = ".xlsx" if filename.lower().endswith(".xlsx") else ".csv"
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused(_("The file is too large."), code="large", field="file")
    with TemporaryDirectory(prefix="bihuan-passes-") as folder:
        path = Path(folder) / f"list{suffix}"
        path.write_bytes(content)
        for count, row in enumerate(read_rows(path), 1):
            if count > MOST_ROWS:
                message = _("At most %(count)d rows at once, please.") % {"count": MOST_ROWS}
                raise Refused(message, code="many", field="file")
            yield row


def _take(number: int, row: Mapping[str, str], bulk: Bulk, name: str, phone: str) -> Fault | None:
    try:
        draft = draft_of(_coded(row), name, phone)
        key = "|".join((str(bulk.pk), str(number), draft.plate))
        with transaction.atomic():
            applying.apply(
                draft=draft, client_id=f"bulk-{keyed_hash(key).hex()}", by=bulk.by, channel=Channel.BULK,
                language="zh-hans", bulk=bulk,
            )  # fmt: skip
    except Refused as refused:
        return Fault(number, refused.field, refused.message)
    return None


def _coded(row: Mapping[str, str]) -> dict[str, str]:
    cells = {}
    for heading, text in row.items():
        code = _CODES.get((heading or "").strip())
        if heading and code is None:
            raise Refused(_("There is no column of this name."), field=heading.strip()[:40])
        if code:
            cells[code] = text
    for name in NEEDED:
        if not cells.get(name):
            raise Refused(_("This is missing."), code="empty", field=name)
    return cells


def draft_of(cells: Mapping[str, str], name: str, phone: str) -> Draft:
    """Read one row, its choices by code or by the words that people write."""
    applicant = _choice(Applicant, cells, "applicant")
    texts: dict[str, Any] = {field: cells.get(field, "") for field in TEXTS}
    texts[applicant] = texts[applicant] or name
    ways = tuple(
        one for one in cells.get("way_points", "").replace("，", ",").replace("、", ",").split(",") if one
    )
    return Draft(
        **texts, applicant=applicant, contact=cells.get("contact") or name, phone=cells.get("phone") or phone,
        plate_colour=_choice(Colour, cells, "plate_colour") if cells.get("plate_colour") else "",
        goods=_choice(Goods, cells, "goods"), quantity=_quantity(cells["quantity"]),
        unit=_choice(Unit, cells, "unit"), origin_code=_county(cells, "origin"),
        destination_code=_county(cells, "destination"), valid_from=_instant(cells, "valid_from"),
        valid_until=_instant(cells, "valid_until"), crew=crew_of(cells), way_points=ways,
        is_closed_loop=cells.get("is_closed_loop", "").lower() in _YES,
    )  # fmt: skip


def _choice(kinds: type[TextChoices], cells: Mapping[str, str], field: str) -> str:
    typed = cells[field].strip()
    for kind in kinds:
        if typed in (kind.value, *_labels(kind)):
            return str(kind.value)
    known = "、".join(str(kind.label) for kind in kinds)
    raise Refused(_("One of: %(known)s") % {"known": known}, code="choice", field=field)


def _labels(kind: TextChoices) -> list[str]:
    """Return what a choice is called in both languages: a file may be written in either."""
    labels = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            labels.append(str(kind.label))
    return labels


def _quantity(typed: str) -> Decimal:
    try:
        return Decimal(typed)
    except InvalidOperation:
        raise Refused(_("How much is it?"), field="quantity") from None


def _county(cells: Mapping[str, str], end: str) -> str:
    return cells.get(f"{end}_code") or counties.code_of(cells.get(f"{end}_name", ""))


def _instant(cells: Mapping[str, str], field: str) -> datetime:
    try:
        at = datetime.fromisoformat(cells[field].strip().replace("/", "-"))
    except ValueError:
        raise Refused(_("Write it as 2022-11-20 10:00."), code="time", field=field) from None
    return at.replace(tzinfo=get_default_timezone()) if is_naive(at) else at
