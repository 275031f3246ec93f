"""Reports: a short period is counted at once, a long one by the worker, a slice of Events a round."""

import time
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.audit.canonical import seal_hash
from bihuan.spine.audit.models import Event, Seal
from bihuan.spine.cases.afteraction.kinds import Kind
from bihuan.spine.cases.afteraction.picture import SLICE, Picture, count_next
from bihuan.spine.cases.afteraction.timeline import Cursor, Window
from bihuan.spine.cases.models.afteraction import Report

AT_ONCE_S = 1.0
LISTED = 20


def read_window(
    from_at: datetime,
    until_at: datetime,
    agencies: Iterable[int] = (),
    services: Iterable[int] = (),
    kinds: Iterable[str] = (),
) -> Window:
    """Return a period to look at; refuses one that ends before it begins and a kind that there is not."""
    if until_at <= from_at:
        raise Refused(_("The period ends before it begins."), code="period", field="until")
    named = tuple(dict.fromkeys(kinds))
    if not set(named) <= set(Kind.values):
        raise Refused(_("There is no such kind of event."), code="kind", field="kind")
    return Window(from_at, until_at, tuple(sorted(set(agencies))), tuple(sorted(set(services))), named)


@transaction.atomic
def ask(*, window: Window, by: User) -> Report:
    """Ask for a report of what has happened so far in a period; leaves an Event."""
    now = clock.now()
    # What has not happened yet would be missing from the paper without a word.
    until_at = min(window.until_at, now)
    total = Event.objects.filter(at__gte=window.from_at, at__lt=until_at).count()
    report = Report.objects.create(
        asked_by=by, asked_at=now, from_at=window.from_at, until_at=until_at, agencies=list(window.agencies),
        services=list(window.services), kinds=list(window.kinds), total=total, picture=Picture().as_json(),
    )  # fmt: skip
    detail = {"as": "report", "from": window.from_at.isoformat(), "until": until_at.isoformat()}
    record(by=by, verb="export", subject=report, detail=detail)
    return report


def window_of(report: Report) -> Window:
    """Return what a report is about."""
    said = (tuple(report.agencies), tuple(report.services), tuple(report.kinds))
    return Window(report.from_at, report.until_at, *said)


def go_on(size: int = SLICE) -> int:
    """Count a slice of the oldest report that is not done; return how many Events were seen. For the worker."""
    report = Report.objects.filter(done_at__isnull=True).order_by("id").first()
    return count_slice(report, size) if report else 0


def count_slice(report: Report, size: int = SLICE) -> int:
    """Count the next slice of a report, unless another worker was quicker; return how many Events were seen."""
    picture, before = Picture(**report.picture), report.cursor
    end, seen = count_next(picture, window_of(report), Cursor.parse(before), size)
    fields = {
        "picture": picture.as_json(),
        "counted": report.counted + seen,
        "cursor": str(end) if end else before,
    }
    if end is None:
        fields |= _done()
    mine = Report.objects.filter(pk=report.pk, cursor=before, done_at__isnull=True)
    return seen or 1 if mine.update(**fields) else 0


def _done() -> dict[str, object]:
    seal = Seal.objects.order_by("-pk").first()
    proof = {"seal_id": seal.pk, "seal_hash": seal_hash(seal).hex()} if seal else {}
    return {"done_at": clock.now(), **proof}


def count_at_once(window: Window, within_s: float = AT_ONCE_S) -> Picture | None:
    """Count a period if it can be done while somebody waits; None where it can't."""
    picture, after, began_s = Picture(), None, time.monotonic()
    while time.monotonic() - began_s < within_s:
        after, _ = count_next(picture, window, after)
        if after is None:
            return picture
    return None


def list_reports() -> list[Report]:
    """Return the newest reports; they hold counts and numbers of Events, nothing personal."""
    return list(Report.objects.select_related("asked_by").defer("picture").order_by("-id")[:LISTED])
