"""The forecast of a person's queue in words and as a picture."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bihuan.spine.accounts.models import User
from bihuan.spine.cases.surge import forecast, loads

BAR_W, GAP, HIGH = 12, 3, 60


@dataclass(frozen=True)
class Bar:
    """One coming hour in the picture: how many wait at its end."""

    x: int
    y: int
    height: int
    hour: str
    count: int
    is_late: bool


@dataclass(frozen=True)
class Seen:
    """What a page says of the queue to come. ``tone`` is ``late``, ``soon`` or ``ok``."""

    words: str
    more: str
    assumptions: list[str]
    tone: str
    bars: list[Bar]
    width: int


def of_user(user: User) -> Seen | None:
    """Return the outlook of a person's own queue; nothing before the worker has counted."""
    known = loads.load_of(user)
    if known is None:
        return None
    load, at = known
    seen = forecast.outlook(load)
    bars = _bars(load, seen, at)
    return Seen(
        _words(seen, at),
        _more(load, seen),
        _assumptions(load, seen),
        _tone(seen),
        bars,
        len(bars) * (BAR_W + GAP),
    )


def _tone(seen: forecast.Outlook) -> str:
    if seen.is_late:
        return "late"
    return "soon" if seen.earliest_min is not None else "ok"


def _words(seen: forecast.Outlook, at: datetime) -> str:
    if seen.likely_min is None and seen.earliest_min is None:
        return _("At this rate nothing more becomes late within 24 hours.")
    if seen.likely_min is None:
        return _("At this rate it just holds; if more come, late from %(early)s.") % {
            "early": _time(at, seen.earliest_min)
        }
    values = {"likely": _time(at, seen.likely_min), "early": _time(at, seen.earliest_min)}
    if seen.latest_min is None:
        return (
            _("At this rate late at about %(likely)s; at the earliest %(early)s, perhaps not at all.")
            % values
        )
    values["last"] = _time(at, seen.latest_min)
    if values["early"] == values["last"]:
        return _("At this rate late at about %(likely)s.") % values
    return _("At this rate late at about %(likely)s (between %(early)s and %(last)s).") % values


def _time(at: datetime, minutes: int | None) -> str:
    """Say an instant to ten minutes: the forecast knows no better."""
    then = localtime(at + timedelta(minutes=minutes or 0))
    then = then.replace(minute=then.minute // 10 * 10)
    return f"{then:%H:%M}" if then.date() == localtime(at).date() else f"{then:%m-%d %H:%M}"


def _more(load: forecast.Load, seen: forecast.Outlook) -> str:
    if not seen.is_late:
        return ""
    if not (load.people and seen.pace):
        return _(
            "How many more people would help can't be said: nobody is on duty, or nothing was done lately."
        )
    if seen.more is None:
        return _("More people alone do not prevent it.")
    return ngettext("With %(n)d more person not.", "With %(n)d more people not.", seen.more) % {
        "n": seen.more
    }


def _assumptions(load: forecast.Load, seen: forecast.Outlook) -> list[str]:
    return [
        _("Waiting and due within 24 hours: %(waiting)d, of these late already: %(late)d.")
        % {"waiting": load.waiting, "late": load.overdue},
        _("Done at the pace of the last three hours: about %(pace)d an hour.") % {"pace": round(seen.pace)},
        _("Arriving as on other days at these hours, scaled by the last three hours: about %(n)d an hour.")
        % {"n": round(seen.coming)},
        _("On duty now: %(n)d. Others are taken to be as quick.") % {"n": load.people},
        _("Worked in the order in which it is due; the range covers chance alone, no new disaster."),
    ]


def _bars(load: forecast.Load, seen: forecast.Outlook, at: datetime) -> list[Bar]:
    counts = forecast.backlog(load, forecast.expected(load.opened))
    most = max(counts, default=0) or 1
    return [
        Bar(
            x=number * (BAR_W + GAP),
            y=HIGH - round(count / most * HIGH),
            height=round(count / most * HIGH),
            hour=f"{localtime(at + timedelta(hours=number + 1)):%H:%M}",
            count=count,
            is_late=seen.likely_min is not None and (number + 1) * 60 >= seen.likely_min,
        )
        for number, count in enumerate(counts)
    ]
