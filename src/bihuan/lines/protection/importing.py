"""The care list from a file: every row is checked, and only when all are right they are taken, all of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.kernel.private import normal_phone
from bihuan.lines.protection import actions
from bihuan.lines.protection.drafts import Draft
from bihuan.lines.protection.kinds import Consent, Kind, SupplyKind
from bihuan.lines.protection.models import Person
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.door.importing import read_rows
from bihuan.spine.places.models import Site

MOST_ROWS = 5000
HEADINGS = {
    "name": "姓名", "phone": "电话", "site": "小区", "building": "楼栋", "door": "门牌号", "kinds": "类别",
    "agency": "责任单位", "consent": "同意方式", "note": "需要说明", "kin_name": "亲属姓名", "kin_phone": "亲属电话",
    "every_h": "每几小时", "from_h": "从几点", "until_h": "到几点", "grace_min": "宽限分钟",
    "dialysis_days": "透析日", "dialysis_h": "透析时间", "birth_due_on": "预产期", "is_phone_shared": "电话共用",
    "medicine_left": "药品剩余", "medicine_per_day": "药品每天",
    "oxygen_left": "氧气剩余", "oxygen_per_day": "氧气每天",
    "gas_left": "燃气剩余", "gas_per_day": "燃气每天",
    "formula_left": "奶粉剩余", "formula_per_day": "奶粉每天",
}  # fmt: skip
"""The columns of a file: their code, and the heading that people write."""
NEEDED = ("name", "site", "kinds", "consent")
TEXTS = ("name", "phone", "door", "building", "note", "kin_name", "kin_phone")
NUMBERS = ("every_h", "from_h", "until_h", "grace_min", "dialysis_h")
_CODES = {zh: code for code, zh in HEADINGS.items()} | {code: code for code in HEADINGS}
_YES = {"1", "yes", "true", "是", "有"}


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row of a file."""

    line: int
    field: str
    problem: str

    @property
    def heading(self) -> str:
        return HEADINGS.get(self.field, self.field)


@dataclass(frozen=True)
class Line:
    """One good row: the person, and what they have left of what (kind, amount, daily use)."""

    number: int
    draft: Draft
    supplies: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class Report:
    """What came of a file: who was listed, or what is wrong with it."""

    people: list[Person]
    faults: list[Fault]


class _Known:
    """Sites and offices by code and by name, read once for a file."""

    def __init__(self, by: User) -> None:
        rows = Site.objects.order_by("pk").only("code", "name_zh", "name_en", "lon", "lat")
        self._sites: dict[str, list[Site]] = {}
        for site in rows:
            for name in {site.code, site.name_zh, site.name_en} - {""}:
                self._sites.setdefault(name, []).append(site)
        self._offices = {
            name: one for one in own_agencies(by) for name in (one.code, one.name_zh, one.name_en)
        }
        self._own = by.agency

    def site(self, text: str) -> Site:
        found = self._sites.get(text, [])
        if len(found) != 1:
            words = (
                _("There are several compounds of this name; write its code.")
                if found
                else _("No such compound.")
            )
            raise Refused(words, field="site")
        return found[0]

    def office(self, text: str) -> Agency:
        if not text and self._own:
            return self._own
        if text not in self._offices:
            raise Refused(_("This is not your office or one below it."), field="agency")
        return self._offices[text]


def take_file(*, name: str, file: IO[bytes], by: User) -> Report:
    """List everybody in a CSV or XLSX file, or nobody: then the faults are named row by row."""
    if not by.may(Permission.CARE):
        raise Refused(_("Your role does not include the care list."))
    suffix = ".xlsx" if name.lower().endswith(".xlsx") else ".csv"
    with TemporaryDirectory(prefix="bihuan-care-") as folder:
        path = Path(folder) / f"list{suffix}"
        path.write_bytes(file.read())
        rows = _bounded(read_rows(path))
    lines, faults = _read(rows, _Known(by))
    if not lines and not faults:
        faults = [Fault(1, "", _("The file has no rows."))]
    return _take(lines, faults, by)


def _bounded(rows: Iterator[tuple[int, Mapping[str, str]]]) -> list[tuple[int, Mapping[str, str]]]:
    found = []
    for row in rows:
        found.append(row)
        if len(found) > MOST_ROWS:
            raise Refused(_("At most %(count)d rows at once, please.") % {"count": MOST_ROWS})
    return found


def _read(rows: list[tuple[int, Mapping[str, str]]], known: _Known) -> tuple[list[Line], list[Fault]]:
    lines: list[Line] = []
    faults: list[Fault] = []
    seen: dict[bytes, int] = {}
    for number, row in rows:
        try:
            line = _line(number, _coded(row), known)
            _check_twice(line, seen)
            lines.append(line)
        except Refused as refused:
            faults.append(Fault(number, refused.field, refused.message))
    return lines, faults


def _coded(row: Mapping[str, str]) -> dict[str, str]:
    cells = {}
    for heading, text in row.items():
        if heading and heading.strip() not in _CODES:
            raise Refused(_("There is no column of this name."), field=heading.strip()[:40])
        if heading:
            cells[_CODES[heading.strip()]] = text
    for name in NEEDED:
        if not cells.get(name):
            raise Refused(_("This is missing."), field=name)
    return cells


def _line(number: int, cells: dict[str, str], known: _Known) -> Line:
    numbers: dict[str, Any] = {name: _number(cells, name, int) for name in NUMBERS}
    texts: dict[str, Any] = {name: cells.get(name, "") for name in TEXTS}
    draft = Draft(
        **texts,
        **{name: value for name, value in numbers.items() if value is not None},
        site=known.site(cells["site"]),
        agency=known.office(cells.get("agency", "")),
        kinds=tuple(_choice(Kind, word, "kinds") for word in _words(cells["kinds"])),
        consent=_choice(Consent, cells["consent"], "consent"),
        dialysis_days=_weekdays(cells.get("dialysis_days", "")),
        birth_due_on=_day(cells.get("birth_due_on", "")),
        is_phone_shared=cells.get("is_phone_shared", "").lower() in _YES,
    )
    draft.check()
    draft.columns()  # its telephones are looked at here
    actions.check_new(draft)
    return Line(number, draft, tuple(_supplies(cells)))


def _check_twice(line: Line, seen: dict[bytes, int]) -> None:
    marks = {line.draft.same_hash()}
    if line.draft.phone and not line.draft.is_phone_shared:
        marks.add(normal_phone(line.draft.phone).encode())
    for mark in marks:
        if mark in seen:
            raise Refused(
                _("The same person or telephone stands in line %(line)s.") % {"line": seen[mark]},
                field="name",
            )
    seen.update(dict.fromkeys(marks, line.number))


def _words(text: str) -> list[str]:
    for mark in ("、", "，", ";", "；", "/"):
        text = text.replace(mark, ",")
    return [word.strip() for word in text.split(",") if word.strip()]


def _choice(choices: Any, word: str, field: str) -> str:
    for one in choices:
        if word in (one.value, str(one.label)):
            return str(one.value)
    known = ", ".join(str(one.label) for one in choices)
    raise Refused(_("“%(word)s” is none of: %(known)s.") % {"word": word[:40], "known": known}, field=field)


def _weekdays(text: str) -> str:
    """Read days as people write them: 1 is Monday, 7 is Sunday; 一 to 日 as well."""
    named = dict(zip("一二三四五六日", "0123456", strict=True)) | {str(k + 1): str(k) for k in range(7)}
    marks = [mark for mark in text if mark not in " ,，、周星期"]
    if wrong := [mark for mark in marks if mark not in named]:
        raise Refused(_("“%(word)s” is no day of the week.") % {"word": wrong[0]}, field="dialysis_days")
    return "".join(named[mark] for mark in marks)


def _number(cells: dict[str, str], name: str, kind: Callable[[str], Any]) -> Any:
    text = cells.get(name, "")
    if not text:
        return None
    try:
        return kind(text)
    except ValueError:
        raise Refused(_("This is no number."), field=name) from None


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10].replace("/", "-"))
    except ValueError:
        raise Refused(_("Write the day as 2026-12-31."), field="birth_due_on") from None


def _supplies(cells: dict[str, str]) -> Iterator[tuple[str, float, float]]:
    for kind in SupplyKind:
        amount, use = (_number(cells, f"{kind}_{part}", float) for part in ("left", "per_day"))
        if amount is None and use is None:
            continue
        if amount is None or use is None or not (0 <= amount <= 100_000 and 0 <= use <= 100_000):
            raise Refused(_("What is left and what a day takes belong together."), field=f"{kind}_left")
        yield kind.value, amount, use


def _take(lines: list[Line], faults: list[Fault], by: User) -> Report:
    if faults:
        return Report([], faults)
    try:
        with transaction.atomic():
            people = actions.add_many(drafts=[line.draft for line in lines], by=by)
            for line, person in zip(lines, people, strict=True):
                for kind, amount, use in line.supplies:
                    actions.count_supply(person=person, kind=kind, amount=amount, daily_use=use, by=by)
    except Refused as refused:
        # Somebody listed one of them in the same moment.
        return Report([], [Fault(0, refused.field, refused.message)])
    return Report(people, [])
