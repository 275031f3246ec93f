"""The form of a timeline: which period, agencies, services and kinds; read from an address, written into one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bihuan.faces.desk.numbers import read_numbers
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.cases.afteraction.kinds import Kind
from bihuan.spine.cases.afteraction.reports import read_window
from bihuan.spine.cases.afteraction.timeline import Window
from bihuan.spine.cases.afteraction.words import Names

FORM = "%Y-%m-%dT%H:%M"
DAY = timedelta(days=1)
SPANS: tuple[tuple[Promise, timedelta], ...] = (
    (gettext_lazy("Last hour"), timedelta(hours=1)),
    (gettext_lazy("Last 24 hours"), DAY),
    (gettext_lazy("Last 7 days"), 7 * DAY),
    (gettext_lazy("Last 30 days"), 30 * DAY),
)


@dataclass(frozen=True)
class Option:
    """A box to tick."""

    value: str
    label: str
    is_ticked: bool


def read(said: QueryDict) -> Window:
    """Read a window; without words, the last 24 hours. Refuses a date that is none."""
    until_at = read_instant(said.get("until", ""), _next_minute())
    from_at = read_instant(said.get("from", ""), until_at - DAY)
    agencies, services = (read_numbers(said.getlist(name)) for name in ("agency", "service"))
    return read_window(from_at, until_at, agencies, services, said.getlist("kind"))


def _next_minute() -> datetime:
    return clock.now().replace(second=0, microsecond=0) + timedelta(minutes=1)


def read_instant(text: str, otherwise: datetime) -> datetime:
    """Read an instant by the city's clock; refuses what is none."""
    if not text:
        return otherwise
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(_("This is no date and time."), code="period", field="from") from error
    return at if at.tzinfo else at.replace(tzinfo=get_current_timezone())


def address(window: Window, **more: str) -> str:
    """Write a window as the words behind the question mark of an address."""
    query = QueryDict(mutable=True)
    query["from"], query["until"] = in_form(window.from_at), in_form(window.until_at)
    query.setlist("agency", list(map(str, window.agencies)))
    query.setlist("service", list(map(str, window.services)))
    query.setlist("kind", list(window.kinds))
    query.update(more)
    return query.urlencode()


def in_form(at: datetime) -> str:
    """Write an instant as the browser's field for date and time has it."""
    return localtime(at).strftime(FORM)


def spans(window: Window) -> list[tuple[str, str]]:
    """Return the usual periods, each with its address; what else is chosen stays."""
    now = _next_minute()
    kept = (window.agencies, window.services, window.kinds)
    return [(str(label), address(Window(now - span, now, *kept))) for label, span in SPANS]


def options(window: Window, names: Names) -> dict[str, list[Option]]:
    """Return what can be ticked."""
    return {
        "kind": _options(Kind.choices, window.kinds),
        "agency": _options(names.agencies.items(), window.agencies),
        "service": _options(names.services.items(), window.services),
    }


def _options(choices: Iterable[tuple[object, object]], ticked: Iterable[object]) -> list[Option]:
    chosen = set(ticked)
    return [Option(str(value), str(label), value in chosen) for value, label in choices]
