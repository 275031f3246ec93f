"""The public rates made ready to be drawn: tables in the reader's language, curves drawn on the server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.closing.measures import RATES, THREE

WIDTH, HEIGHT = 720, 160
TABLES: dict[str, Promise] = {
    "agency": _("By agency"),
    "district": _("By district"),
    "service": _("By service"),
}
HEADINGS: dict[str, Promise] = {"agency": _("Agency"), "district": _("District"), "service": _("Service")}


@dataclass(frozen=True)
class Week:
    """A week that can be chosen."""

    name: str
    is_here: bool


@dataclass(frozen=True)
class TableView:
    """One table: a name for each line, the number of Cases and each share; None is not told."""

    code: str
    title: Promise
    heading: Promise
    rows: list[tuple[str, list[int | None]]]


@dataclass(frozen=True)
class Curve:
    """One rate over the weeks: pieces of a line where weeks are told one after the other, and a dot for each."""

    code: str
    label: Promise
    dots: list[tuple[float, float, str]]
    pieces: list[str]


def week_choices(names: Sequence[str], here: str) -> list[Week]:
    """Return the weeks to choose from."""
    return [Week(name, name == here) for name in names]


def tables_of(told: Mapping[str, Any]) -> list[TableView]:
    """Return the three tables of a week."""
    return [TableView(by, title, HEADINGS[by], _rows(told[f"by_{by}"])) for by, title in TABLES.items()]


def _rows(lines: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[int | None]]]:
    return [
        (
            in_language(line["zh"], line["en"]) or gettext("not given"),
            [line["cases"], *(line[rate.code] for rate in RATES)],
        )
        for line in lines
    ]


def curves_of(totals: Sequence[Mapping[str, Any]]) -> list[Curve]:
    """Lay out the three rates of the whole city over the weeks."""
    return [_curve(code, totals) for code in THREE]


def _curve(code: str, totals: Sequence[Mapping[str, Any]]) -> Curve:
    step = WIDTH / max(len(totals), 2)
    points = [_point(place, step, week, week[code]) for place, week in enumerate(totals)]
    label = next(rate.label for rate in RATES if rate.code == code)
    return Curve(code, label, [point for point in points if point], _pieces(points))


def _point(
    place: int, step: float, week: Mapping[str, Any], percent: int | None
) -> tuple[float, float, str] | None:
    if percent is None:
        return None
    x, y = round((place + 0.5) * step, 1), round(HEIGHT * (1 - percent / 100), 1)
    return x, y, f"{week['week']}: {percent} %"


def _pieces(points: Sequence[tuple[float, float, str] | None]) -> list[str]:
    """Join neighbours; a week that is not told breaks the line."""
    pieces: list[list[str]] = [[]]
    for point in points:
        if point is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{point[0]},{point[1]}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]
