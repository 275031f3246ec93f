"""The care list as figures and as paper."""

import csv
from io import StringIO
from itertools import groupby

from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.lines.protection import queries
from bihuan.lines.protection.kinds import Found
from bihuan.spine.accounts.models import User

RoundRow = tuple[queries.Row, dict[str, str]]


def coverage_csv(user: User) -> str:
    """Return each office's day, and what its checks of today came to. Counts only."""
    now = clock.now()
    came_to = {
        (agency.pk, found): count
        for agency, found, count in queries.count_checks(user, queries.day_start(now), now)
    }
    out = StringIO()
    writer = csv.writer(out)
    heads = [
        _("Office"),
        _("On the list"),
        _("Seen today"),
        _("Still due"),
        _("Checks missed"),
        _("Running out"),
    ]
    writer.writerow([*heads, *(str(found.label) for found in Found)])
    for row in queries.count_coverage(user):
        counts = [came_to.get((row.agency.pk, found.value), 0) for found in Found]
        figures = [row.listed, row.seen, row.due, row.missed, row.running_out]
        writer.writerow([_safe(row.agency.name), *figures, *counts])
    return out.getvalue()


def _safe(text: str) -> str:
    # What a spreadsheet would take for a formula (OWASP, CSV injection).
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) else text


def by_building(rows: list[RoundRow]) -> list[tuple[str, str, list[RoundRow]]]:
    """Return the rows of a round by compound and building, in the order in which one walks."""

    def where(row: RoundRow) -> tuple[str, str]:
        return str(row[0].person.site), row[0].person.building

    return [(*place, list(found)) for place, found in groupby(sorted(rows, key=where), where)]
