"""The rota as a CSV file: ``agency,person,duty,from,until``, times of the city; every fault is named by its line."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.resources.actions import check_shift, write_shifts
from bihuan.spine.resources.models import Duty, Shift
from bihuan.spine.resources.queries import rota_agencies

COLUMNS = ("agency", "person", "duty", "from", "until")
MOST_BYTES = 1_000_000
MOST_ROWS = 5000
MOST_FAULTS = 50


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line of the file."""

    line: int
    words: str

    def __str__(self) -> str:
        return _("Line %(line)d: %(words)s") % {"line": self.line, "words": self.words}


class Unreadable(Refused):
    """A file of which nothing was written, with the fault of each line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(_("Nothing was written. Put these lines right:"), code="lines", field="file")
        self.faults = faults


@transaction.atomic
def import_shifts(*, raw: bytes, by: User) -> list[Shift]:
    """Write the shifts of a CSV file, all or none; raises ``Unreadable`` with a fault for each wrong line."""
    shifts: defaultdict[int, list[Shift]] = defaultdict(list)
    faults: list[Fault] = []
    known = _Known(by)
    for line, row in _rows(raw):
        try:
            shift = known.shift(row)
            _check_in_file(shift, shifts[shift.person_id])
            shifts[shift.person_id].append(shift)
        except Refused as refused:
            faults.append(Fault(line, refused.message))
    if faults:
        raise Unreadable(faults[:MOST_FAULTS])
    if not shifts:
        raise Refused(_("There is no shift in this file."), code="empty", field="file")
    return write_shifts([shift for each in shifts.values() for shift in each], by)


def _rows(raw: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    if len(raw) > MOST_BYTES:
        raise Refused(_("The file is too large."), code="large", field="file")
    try:
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
        if missing := set(COLUMNS) - set(reader.fieldnames or ()):
            message = _("The first line has to name the columns; missing: %(names)s")
            raise Refused(message % {"names": ", ".join(sorted(missing))}, code="columns", field="file")
        for count, row in enumerate(reader, start=1):
            if count > MOST_ROWS:
                raise Refused(_("The file is too large."), code="large", field="file")
            yield reader.line_num, {name: (row.get(name) or "").strip() for name in COLUMNS}
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(_("This is no CSV file in UTF-8."), code="csv", field="file") from error


def _check_in_file(shift: Shift, earlier: list[Shift]) -> None:
    if any(one.from_at < shift.until_at and shift.from_at < one.until_at for one in earlier):
        raise Refused(_("%(person)s stands in another line for the same time.") % {"person": shift.person})


class _Known:
    """The agencies and people that a file may name."""

    def __init__(self, by: User) -> None:
        self.agencies: dict[str, Agency] = {one.code: one for one in rota_agencies(by)}
        self.people: dict[str, User] = {
            one.username: one for one in User.objects.filter(is_active=True).select_related("agency", "role")
        }

    def shift(self, row: Mapping[str, str]) -> Shift:
        if row["agency"] not in self.agencies:
            raise Refused(_("You keep no rota of an agency “%(code)s”.") % {"code": row["agency"]})
        if row["person"] not in self.people:
            raise Refused(_("There is no open account “%(name)s”.") % {"name": row["person"]})
        shift = Shift(
            agency=self.agencies[row["agency"]],
            person=self.people[row["person"]],
            duty=row["duty"] or Duty.OFFICER,
            from_at=_instant(row["from"]),
            until_at=_instant(row["until"]),
        )
        check_shift(shift)
        return shift


def _instant(text: str) -> datetime:
    """Read a time; one without an offset is the city's."""
    try:
        said = datetime.fromisoformat(text)
        if said.tzinfo is None:
            said = said.replace(tzinfo=timezone.get_default_timezone())
        return said.astimezone(UTC)
    except (ValueError, OverflowError):
        message = _("“%(text)s” is no time; write 2026-01-31 08:00.")
        raise Refused(message % {"text": text[:40]}) from None
