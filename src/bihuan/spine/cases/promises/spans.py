"""Spans of time as people say and type them: "half an hour" is 30 min, a day of working hours is a working day."""

import re
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bihuan.kernel.errors import Refused

HOUR_MIN = 60
DAY_MIN = 24 * HOUR_MIN
LONGEST_MIN = 400 * DAY_MIN
LONGEST_TEXT = 40

TYPED = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z]+|[一-鿿]+)")
UNITS = {
    "minute": ("m", "min", "minute", "minutes", "分", "分钟"),
    "hour": ("h", "hour", "hours", "时", "小时"),
    "day": ("d", "day", "days", "wd", "天", "日", "工作日"),
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words}


def in_words(minutes: int, day_min: int = DAY_MIN) -> str:
    """Say a span in its largest whole unit; a day is as long as one of the calendar's."""
    if minutes >= day_min and minutes % day_min == 0:
        return _counted(minutes // day_min, "day" if day_min == DAY_MIN else "workday")
    if minutes >= HOUR_MIN and minutes % HOUR_MIN == 0:
        return _counted(minutes // HOUR_MIN, "hour")
    return _counted(minutes, "minute")


def typed(minutes: int, day_min: int = DAY_MIN) -> str:
    """Write a span as it can be typed again: ``7 d``, ``2 h``, ``90 min``."""
    for unit, short in ((day_min, "d"), (HOUR_MIN, "h")):
        if minutes >= unit and minutes % unit == 0:
            return f"{minutes // unit} {short}"
    return f"{minutes} min"


def read(text: str, day_min: int = DAY_MIN, field: str = "") -> int:
    """Read a span that somebody typed: "2 h", "1 h 30 min", "7 d", "3 天"; refuses anything else.

    Returns
    -------
    Minutes, at least one.
    """
    plain = text.strip().lower()
    sizes = {"minute": 1, "hour": HOUR_MIN, "day": day_min}
    # Nobody types so much, and to look for parts in it would take long.
    parts = TYPED.findall(plain) if len(plain) <= LONGEST_TEXT else []
    if not parts or TYPED.sub("", plain).strip() or any(word not in UNIT_OF for _number, word in parts):
        raise Refused(_("Write a time such as “30 min”, “2 h” or “7 d”."), code="span", field=field)
    total = sum(Fraction(number.replace(",", ".")) * sizes[UNIT_OF[word]] for number, word in parts)
    minutes = round(total)
    if not 0 < minutes <= LONGEST_MIN:
        raise Refused(_("At least a minute and at most 400 days, please."), code="span", field=field)
    return minutes


def _counted(n: int, unit: str) -> str:
    said = {
        "workday": ngettext("%(n)d working day", "%(n)d working days", n),
        "day": ngettext("%(n)d day", "%(n)d days", n),
        "hour": ngettext("%(n)d hour", "%(n)d hours", n),
        "minute": ngettext("%(n)d minute", "%(n)d minutes", n),
    }
    return said[unit] % {"n": n}
