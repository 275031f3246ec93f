"""The commander's board: figures as tiles, charts and tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bihuan.faces.desk.wording import channel
from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.named import in_language
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.cases.closing.behind import Behind
from bihuan.spine.cases.registry import registry
from bihuan.spine.cases.states import Status

Row = Mapping[str, Any]
SHOWN_HOURS = 24
MOST_BARS = 12
OLD_AFTER_S = 90


@dataclass(frozen=True)
class TileView:
    """One figure with its label; ``tone`` is how much it should worry."""

    label: str
    value: str
    tone: str = "plain"
    url: str = ""


@dataclass(frozen=True)
class Series:
    """One row of numbers of a chart."""

    name: str
    values: list[float | None]
    tone: str
    queries: list[str] = field(default_factory=list)
    """Behind which address each number's list of Cases is; empty where there is none for this reader."""

    def at(self, place: int) -> tuple[float | None, str]:
        """Return a number and the address of its list."""
        return self.values[place], self.queries[place] if self.queries else ""


@dataclass(frozen=True)
class Chart:
    """A chart and the table that says the same."""

    name: str
    title: str
    kind: str
    heading: str
    labels: list[str]
    series: list[Series]
    size: str = "third"
    note: str = ""

    @property
    def rows(self) -> list[tuple[str, list[tuple[float | None, str]]]]:
        return [(label, [one.at(k) for one in self.series]) for k, label in enumerate(self.labels)]

    @property
    def data(self) -> dict[str, Any]:
        series = [{"name": one.name, "values": one.values, "tone": one.tone} for one in self.series]
        return {"kind": self.kind, "labels": self.labels, "series": series}


def is_old(counted_at: datetime) -> bool:
    """Say whether the worker should have counted again by now; a drill's clock runs faster."""
    return counted_at < clock.ago(OLD_AFTER_S)


@dataclass(frozen=True)
class Links:
    """Where the Cases behind a figure are listed, for whoever may see all of them; for an agency's own, its staff."""

    behind: Behind = field(default_factory=Behind)
    sees_all: bool = False
    own: frozenset[str] = frozenset()

    def of(self, figure: str, **codes: str) -> str:
        """Return the query of a list; nothing where this reader would see only some of it."""
        is_own = codes.get("agency", "") in self.own
        return self.behind.of(figure=figure, **codes).to_query() if self.sees_all or is_own else ""


NO_LINKS = Links()


def links_of(user: User, counted_at: datetime) -> Links:
    """Return the links that a person may follow from figures of this instant."""
    own = own_agencies(user).values_list("code", flat=True) if user.may(Permission.VIEW_OWN) else ()
    return Links(Behind(at=counted_at.isoformat()), user.may(Permission.VIEW_ALL), frozenset(own))


def tiles(figures: Row, links: Links = NO_LINKS) -> list[TileView]:
    """Return the figures at the top, those of the lines of work last."""
    made = [(make(figures), figure) for figure, make in _TILES]
    return [_linked(tile, links.of(figure)) for tile, figure in made] + [
        _of_line(tile) for tile in registry.tiles
    ]


def _linked(tile: TileView, query: str) -> TileView:
    return replace(tile, url=f"{reverse('desk:figure')}?{query}") if query else tile


def _of_line(tile: Any) -> TileView:
    return TileView(_(tile.heading), str(tile.value()), url=reverse(tile.url_name) if tile.url_name else "")


def _count(name: str, label: Callable[[], str], tone: str = "plain") -> Callable[[Row], TileView]:
    def make(figures: Row) -> TileView:
        number = figures.get(name, 0)
        return TileView(label(), f"{number:,}", tone if number else "plain")

    return make


def _minutes(name: str, label: Callable[[], str]) -> Callable[[Row], TileView]:
    return lambda figures: TileView(label(), _span(figures.get(name)))


def _span(minutes: float | None) -> str:
    if minutes is None:
        return "—"
    if minutes < 100:
        return _("%(n)d min") % {"n": round(minutes)}
    return _("%(n).1f h") % {"n": minutes / 60}


def _rate(name: str, label: Callable[[], str]) -> Callable[[Row], TileView]:
    return lambda figures: TileView(label(), _percent(figures.get(name)))


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share * 100:.1f} %"


# Each with the figure whose list of Cases it opens: of a mean or a share, the Cases that it is about.
_TILES = (
    ("open", _count("open", lambda: _("open"))),
    ("late", _count("late", lambda: _("late"), "late")),
    ("urgent", _count("urgent", lambda: _("urgent"), "soon")),
    ("triage", _count("triage", lambda: _("to be sorted"), "soon")),
    ("hold", _count("hold", lambda: _("waiting for the asker"))),
    ("opened_24h", _count("opened_24h", lambda: _("arrived in 24 h"))),
    ("ended_24h", _count("ended_24h", lambda: _("closed in 24 h"), "ok")),
    ("breached_24h", _count("breached_24h", lambda: _("promises missed, 24 h"), "late")),
    ("accepted_24h", _minutes("accept_min", lambda: _("until accepted, mean"))),
    ("resolved_24h", _minutes("resolve_min", lambda: _("until resolved, mean"))),
    ("returned_24h", _rate("returned_rate", lambda: _("returned, of those of 24 h"))),
    ("reopened_24h", _rate("reopened_rate", lambda: _("reopened, of those of 24 h"))),
)


def charts(figures: Row, links: Links = NO_LINKS) -> list[Chart]:
    """Return the charts, each with its numbers and the lists behind them."""
    agencies, services, districts = (_names(figures, name) for name in ("agency", "service", "district"))
    statuses, channels = _coded(figures, "status", _status), _coded(figures, "channel", channel)
    return [
        _hours(figures.get("by_hour", []), links),
        _stacked("statuses", _("Open by state"), _("State"), statuses, links, "side"),
        _stacked("agencies", _("Open by agency"), _("Agency"), agencies, links, "tall"),
        _late(agencies, links),
        _stacked("services", _("Open by service"), _("Service"), services, links),
        _stacked("districts", _("Open by district"), _("District"), districts, links),
        _stacked("channels", _("Open by channel"), _("Channel"), channels, links),
    ]


def _hours(rows: list[Row], links: Links) -> Chart:
    shown = rows[-SHOWN_HOURS:]
    hours = [row["hour"] for row in shown]
    labels = [f"{localtime(datetime.fromisoformat(hour)):%H:00}" for hour in hours]

    def series(name: str, key: str, tone: str) -> Series:
        queries = [links.of(f"{key}_hour", hour=hour) for hour in hours]
        return Series(name, [row[key] for row in shown], tone, queries)

    both = [series(_("arrivals"), "opened", "accent"), series(_("closings"), "ended", "info")]
    return Chart("hours", _("Arrivals and closings by hour"), "lines", _("Hour"), labels, both, "wide")


@dataclass(frozen=True)
class _Bar:
    label: str
    open: int
    late: int
    code: dict[str, str]


def _stacked(
    name: str, title: str, heading: str, bars: Iterable[_Bar], links: Links, size: str = "third"
) -> Chart:
    shown = list(bars)[:MOST_BARS]
    in_time = [links.of("in_time", **bar.code) for bar in shown]
    series = [
        Series(_("in time"), [bar.open - bar.late for bar in shown], "accent", in_time),
        _late_series(shown, links),
    ]
    return Chart(name, title, "bars", heading, [bar.label for bar in shown], series, size)


def _late_series(bars: list[_Bar], links: Links) -> Series:
    return Series(
        _("late"), [bar.late for bar in bars], "danger", [links.of("late", **bar.code) for bar in bars]
    )


def _late(bars: Iterable[_Bar], links: Links) -> Chart:
    worst = sorted((bar for bar in bars if bar.late), key=lambda bar: -bar.late)[:MOST_BARS]
    labels = [bar.label for bar in worst]
    series = [_late_series(worst, links)]
    return Chart("late", _("Late ones by agency"), "bars", _("Agency"), labels, series, "tall")


def _names(figures: Row, by: str) -> list[_Bar]:
    rows = figures.get(f"by_{by}", [])
    return [_bar(in_language(row["zh"], row["en"]), row, by) for row in rows if row["open"]]


def _coded(figures: Row, by: str, word: Callable[[str], str]) -> list[_Bar]:
    return [_bar(word(row["code"]), row, by) for row in figures.get(f"by_{by}", [])]


def _bar(label: str, row: Row, by: str) -> _Bar:
    return _Bar(label, row["open"], row["late"], {by: row["code"]})


def _status(code: str) -> str:
    return str(Status(code).label)
