"""Plain words for moments and codes: "in 40 min", "12 min late", the state of a Case."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy, ngettext

from bihuan.spine.cases.closing.behind import Behind
from bihuan.spine.cases.closing.measures import RULES

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
FINE_S = 4 * HOUR_S  # up to here hours are told with their minutes
SOON_S = 15 * MINUTE_S

CHANNELS = {
    "web": gettext_lazy("web"),
    "telephone": gettext_lazy("telephone"),
    "phone": gettext_lazy("telephone"),
    "platform": gettext_lazy("city platform"),
    "hotline": gettext_lazy("hotline"),
    "desk": gettext_lazy("telephone"),
    "wechat": gettext_lazy("WeChat"),
    "wecom": gettext_lazy("WeCom"),
    "apprise": gettext_lazy("other services"),
    "sms": gettext_lazy("SMS"),
    "api": gettext_lazy("machine"),
    "open311": gettext_lazy("Open311"),
    "import": gettext_lazy("import"),
    "paper": gettext_lazy("paper"),
    "volunteer": gettext_lazy("volunteer"),
    "system": gettext_lazy("raised by itself"),
    "visit": gettext_lazy("visit at home"),
    "screen": gettext_lazy("status page"),
    "email": gettext_lazy("e-mail"),
    "file": gettext_lazy("file"),
    "smtp": gettext_lazy("e-mail"),
    "mail": gettext_lazy("e-mail"),
}


@dataclass(frozen=True)
class Due:
    """How a promise stands: ``words`` for people, ``tone`` (late, soon, ok, none) for the eye."""

    words: str
    tone: str


def span(seconds: float) -> str:
    """Return a length of time in its largest fitting unit: ``40 min``, ``1 h 20 min``, ``2 days``."""
    seconds = abs(seconds)
    if seconds < MINUTE_S:
        return gettext("under 1 min")
    if seconds < HOUR_S:
        return gettext("%(n)d min") % {"n": seconds // MINUTE_S}
    if seconds < FINE_S:
        minutes = int(seconds // MINUTE_S)
        return gettext("%(h)d h %(m)d min") % {"h": minutes // 60, "m": minutes % 60}
    if seconds < DAY_S:
        return gettext("%(n)d h") % {"n": seconds // HOUR_S}
    days = int(seconds // DAY_S)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def due(at: datetime | None, now: datetime) -> Due:
    """Say how far a promise is away, or how long it has been missed."""
    if at is None:
        return Due("", "none")
    left_s = (at - now).total_seconds()
    if left_s < 0:
        return Due(gettext("%(span)s late") % {"span": span(left_s)}, "late")
    return Due(gettext("in %(span)s") % {"span": span(left_s)}, "soon" if left_s < SOON_S else "ok")


def ago(at: datetime | None, now: datetime) -> str:
    """Say how long ago something was."""
    return gettext("%(span)s ago") % {"span": span((now - at).total_seconds())} if at else ""


def channel(code: str) -> str:
    """Return the word for a channel; one that is not known keeps its code."""
    return str(CHANNELS.get(code, code))


def way(code: str) -> str:
    """Return the word for a way out; what askers read on their status page staff read at the desk."""
    return gettext("the desk's screen") if code == "screen" else channel(code)


def exact(at: datetime | None) -> str:
    """Return a moment as people of the city write it, to the minute: ``11-23 16:40``."""
    return localtime(at).strftime("%m-%d %H:%M") if at else ""


def number(case_id: int) -> str:
    """Name a Case by its number: ``No. 1042``, ``第 1042 号``."""
    return gettext("No. %(id)d") % {"id": case_id}


def clock_words() -> str:
    """Return, as JSON, the words with which the page keeps its clocks true while it stays open."""
    words = {
        "min": gettext("%(n)d min") % {"n": 0},
        "hour": gettext("%(n)d h") % {"n": 0},
        "day": ngettext("%(n)d day", "%(n)d days", 1) % {"n": 0},
        "days": ngettext("%(n)d day", "%(n)d days", 2) % {"n": 0},
    }
    patterns = {key: text.replace("0", "{}") for key, text in words.items()}
    patterns["hm"] = gettext("%(h)d h %(m)d min").replace("%(h)d", "{}").replace("%(m)d", "{m}")
    patterns["moment"] = gettext("under 1 min")
    patterns["in"] = gettext("in %(span)s") % {"span": "{}"}
    patterns["late"] = gettext("%(span)s late") % {"span": "{}"}
    return json.dumps(patterns, ensure_ascii=False)


def map_words() -> str:
    """Return, as JSON, the map's own few words."""
    return json.dumps(
        {
            "NavigationControl.ZoomIn": gettext("Zoom in"),
            "NavigationControl.ZoomOut": gettext("Zoom out"),
            "Popup.Close": gettext("Close the window"),
            "Map.Title": gettext("Map"),
            "Marker.Title": gettext("Place"),
            "CooperativeGesturesHandler.WindowsHelpText": gettext("Hold Ctrl and scroll to zoom the map"),
            "CooperativeGesturesHandler.MacHelpText": gettext("Hold ⌘ and scroll to zoom the map"),
            "CooperativeGesturesHandler.MobileHelpText": gettext("Use two fingers to move the map"),
        },
        ensure_ascii=False,
    )


SHAPES = {
    "waiting": gettext_lazy("waiting to be accepted"),
    "hand": gettext_lazy("in hand"),
    "hold": gettext_lazy("waiting for the asker"),
    "done": gettext_lazy("resolved, to be confirmed"),
    "late": gettext_lazy("late"),
}


FIGURES = {
    "open": gettext_lazy("Open cases"),
    "late": gettext_lazy("Open and late"),
    "in_time": gettext_lazy("Open and in time"),
    "triage": gettext_lazy("To be sorted"),
    "hold": gettext_lazy("Waiting for the asker"),
    "urgent": gettext_lazy("Open and urgent"),
    "opened_24h": gettext_lazy("Arrived in 24 h"),
    "ended_24h": gettext_lazy("Ended in 24 h"),
    "breached_24h": gettext_lazy("Arrived in 24 h, a promise missed"),
    "accepted_24h": gettext_lazy("Arrived in 24 h and accepted"),
    "resolved_24h": gettext_lazy("Arrived in 24 h and resolved"),
    "returned_24h": gettext_lazy("Arrived in 24 h and returned"),
    "reopened_24h": gettext_lazy("Arrived in 24 h and opened again"),
    "opened_hour": gettext_lazy("Arrived in one hour"),
    "ended_hour": gettext_lazy("Ended in one hour"),
    "cases": gettext_lazy("Counted cases"),
    "dispatch_due": gettext_lazy("Time to dispatch is over or kept"),
    "dispatch_kept": gettext_lazy("Dispatched in time"),
    "accept_due": gettext_lazy("Time to accept is over or kept"),
    "accept_kept": gettext_lazy("Accepted in time"),
    "reply_due": gettext_lazy("Time to reply is over or kept"),
    "reply_kept": gettext_lazy("Replied in time"),
    "resolve_due": gettext_lazy("Time to resolve is over or kept"),
    "resolve_kept": gettext_lazy("Resolved in time"),
    "answered": gettext_lazy("Askers said whether it is solved"),
    "solved": gettext_lazy("Askers say it is solved"),
    "rated": gettext_lazy("Askers said how content they are"),
    "satisfied": gettext_lazy("Askers are satisfied"),
    "returned": gettext_lazy("Returned"),
    "resolved": gettext_lazy("Resolved at least once"),
    "redone": gettext_lazy("Opened again"),
}


def figure_words(behind: Behind) -> str:
    """Say what a figure counts."""
    kind, _dash, code = behind.figure.partition("-")
    if kind == "out" and code in RULES:
        return gettext("Left out: %(rule)s") % {"rule": RULES[code].label}
    if kind == "not":
        return gettext("Not: %(figure)s") % {"figure": FIGURES.get(code, code)}
    return str(FIGURES.get(behind.figure, gettext("Cases")))
