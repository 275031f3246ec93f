"""A drill as figures, pictures and a sheet."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bihuan.faces.desk import wording
from bihuan.faces.desk.export import safe
from bihuan.spine.cases.drilling import scope_name
from bihuan.spine.messages.drills.reading import Result
from bihuan.spine.messages.models import Called
from bihuan.spine.resources.models import Duty


def seconds(value: float | None) -> str:
    """Write a time to answer: ``48 s``, ``3 min 20 s``; a dash for none."""
    if value is None:
        return "—"
    minutes, rest = divmod(round(value), 60)
    return _("%(m)d min %(s)d s") % {"m": minutes, "s": rest} if minutes else _("%(s)d s") % {"s": rest}


def figures(result: Result, past: list[Result]) -> dict[str, Any]:
    """Return what the pictures draw: the channels of one drill, and the share that answered in each drill."""
    lines, older = result.lines, past[::-1]
    series = [
        {"name": _("answered in the window"), "tone": "ok", "values": [line.answered for line in lines]},
        {"name": _("handed over, no answer"), "tone": "quiet", "values": [line.unanswered for line in lines]},
        {"name": _("not handed over yet"), "tone": "warn", "values": [line.waiting for line in lines]},
        {"name": _("failed"), "tone": "danger", "values": [line.failed for line in lines]},
    ]
    shares = {"name": _("answered in the window, per cent"), "tone": "accent"}
    return {
        "drill-channels": {
            "kind": "bars",
            "labels": [wording.way(one.channel) for one in lines],
            "series": series,
        },
        "drill-past": {
            "kind": "columns",
            "labels": [wording.exact(one.drill.started_at) for one in older],
            "series": [shares | {"values": [round(one.share) for one in older]}],
        },
    }


def csv_text(results: list[Result]) -> str:
    """Return drills as CSV, one line for each channel and one for all together."""
    head = [
        _("Drill"), _("Started"), _("Agency"), _("Window, min"), _("Channel"), _("Called"), _("Written"),
        pgettext("channels", "Handed over"), _("Failed"), _("Waiting"), _("Not reached"),
        _("Answered in the window"), _("Late"), _("Median, s"),
    ]  # fmt: skip
    return _csv([head, *(row for result in results for row in _rows(result))])


def _rows(result: Result) -> Iterator[list[Any]]:
    drill = result.drill
    first = [
        drill.pk,
        f"{localtime(drill.started_at):%Y-%m-%d %H:%M:%S}",
        safe(scope_name(drill.scope)),
        drill.window_min,
    ]
    for one in result.lines:
        figures = [
            one.written,
            one.handed,
            one.failed,
            one.waiting,
            one.unreached,
            one.answered,
            "",
            _whole(one.median_s),
        ]
        yield [*first, one.channel, result.called, *figures]
    blank = [""] * 5
    yield [
        *first,
        pgettext("channels", "all"),
        result.called,
        *blank,
        result.answered,
        result.late,
        _whole(result.median_s),
    ]


def people_csv(result: Result, people: list[Called]) -> str:
    """Return who was called as CSV, for whoever may know the names."""
    head = [_("Name"), _("Agency"), _("Duty"), _("Answered"), _("Channel"), _("In the window")]
    return _csv([head, *(_person(result, one) for one in people)])


def _person(result: Result, one: Called) -> list[Any]:
    at = f"{localtime(one.answered_at):%Y-%m-%d %H:%M:%S}" if one.answered_at else ""
    is_in = bool(one.answered_at and one.answered_at <= result.drill.until_at)
    names = [safe(str(one.person)), safe(str(one.agency)), Duty(one.duty).label]
    return [*names, at, one.answered_on, _("yes") if is_in else _("no")]


def _whole(value: float | None) -> int | str:
    return "" if value is None else round(value)


def _csv(rows: list[list[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return "\ufeff" + out.getvalue()
