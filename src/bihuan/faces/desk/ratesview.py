"""The page of the rates: what is asked for, its tables with a list of Cases behind each number, its picture."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.boardview import Chart, Series
from bihuan.faces.desk.filters import named_choices
from bihuan.faces.desk.widgets import PlainSelect
from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.closing import rates, weeks
from bihuan.spine.cases.closing.behind import Behind
from bihuan.spine.cases.closing.measures import RATES, RULES, THREE, Rate
from bihuan.spine.cases.closing.rates import DIMENSIONS, NONE, SHOWN_WEEKS, Line, Scope, Share, Table
from bihuan.spine.cases.models import RateWeek

BY: dict[str, Promise] = {"agency": _("Agency"), "district": _("District"), "service": _("Service")}
TONES = ("accent", "info", "warn")


@dataclass(frozen=True)
class Wanted:
    """What the address of the page asks for; what is unknown is left out."""

    by: str
    since: str
    until: str
    agency: str = ""
    district: str = ""
    service: str = ""

    @classmethod
    def parse(cls, said: Mapping[str, str]) -> "Wanted":
        last = _week(said, "until", weeks.monday_of(clock.now()))
        first = _week(said, "since", last - (SHOWN_WEEKS - 1) * weeks.WEEK)
        first = min(max(first, last - (rates.MOST_WEEKS - 1) * weeks.WEEK), last)
        by = said.get("by", "")
        codes = {name: said.get(name, "").replace("\x00", "")[:60] for name in DIMENSIONS}
        return cls(by if by in DIMENSIONS else "agency", weeks.name_of(first), weeks.name_of(last), **codes)

    @property
    def scope(self) -> Scope:
        first, last = weeks.parse(self.since), weeks.parse(self.until)
        assert first and last, "parse has made them"
        return Scope(first, last, self.agency, self.district, self.service)

    @property
    def values(self) -> dict[str, str]:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def behind(self, counted_at: datetime | None) -> Behind:
        """Return the Cases that the whole page is about."""
        at = counted_at.isoformat() if counted_at else ""
        codes = {name: getattr(self, name) for name in DIMENSIONS}
        return Behind(since=self.since, until=self.until, at=at, **codes)


def _week(said: Mapping[str, str], name: str, otherwise: Any) -> Any:
    return weeks.parse(said.get(name, "")) or otherwise


class WantedForm(forms.Form):
    """The same as a form."""

    by = forms.ChoiceField(label=_("By"), choices=list(BY.items()), widget=PlainSelect({"class": "input"}))
    since = forms.ChoiceField(label=_("From week"), widget=PlainSelect({"class": "input"}))
    until = forms.ChoiceField(label=_("To week"), widget=PlainSelect({"class": "input"}))
    agency = forms.ChoiceField(label=_("Agency"), required=False, widget=PlainSelect({"class": "input"}))
    district = forms.ChoiceField(label=_("District"), required=False, widget=PlainSelect({"class": "input"}))
    service = forms.ChoiceField(label=_("Service"), required=False, widget=PlainSelect({"class": "input"}))

    def __init__(self, user: User, wanted: Wanted) -> None:
        super().__init__(initial=wanted.values, auto_id="rates-%s")
        names = _week_names(wanted)
        known = named_choices(user)
        for name, choices in {"since": names, "until": names}.items():
            self.fields[name].choices = [(one, one) for one in choices]  # type: ignore[attr-defined]
        for name in DIMENSIONS:
            shown: list[Any] = [("", _("all")), *known[name], (NONE, _("none"))]
            self.fields[name].choices = shown  # type: ignore[attr-defined]


def _week_names(wanted: Wanted) -> list[str]:
    known = RateWeek.objects.order_by("-monday").values_list("monday", flat=True)[: 2 * rates.MOST_WEEKS]
    return sorted({wanted.since, wanted.until, *map(weeks.name_of, known)}, reverse=True)


@dataclass(frozen=True)
class Number:
    """A number and the list of the Cases behind it."""

    value: int
    query: str


@dataclass(frozen=True)
class ShareView:
    """A rate with its two numbers, each with its list."""

    share: Share
    part: Number
    whole: Number

    @property
    def percent(self) -> str:
        value = self.share.value
        return "—" if value is None else f"{100 * value:.1f} %"

    @property
    def is_small(self) -> bool:
        return self.share.is_small


@dataclass(frozen=True)
class Row:
    """One line of a table, ready to be drawn."""

    name: str
    rank: int | None
    score: str
    cases: Number
    shares: list[ShareView]
    is_small: bool


def rows_of(lines: Iterable[Line], behind: Behind, dimension: str) -> list[Row]:
    """Return the rows of one table; ``dimension`` says what a line's code stands for."""
    return [row_of(line, _of(behind, dimension, line.code)) for line in lines]


def _of(behind: Behind, dimension: str, code: str) -> Behind:
    return behind.of(since=code, until=code) if dimension == "week" else behind.of(**{dimension: code})


def total_of(line: Line, behind: Behind) -> Row:
    """Return the row of everything together."""
    return row_of(replace(line, zh=gettext("Together"), en=gettext("Together")), behind)


def row_of(line: Line, behind: Behind) -> Row:
    """Return one row, every number with the address of its list."""
    name = line.code if line.code != NONE and not line.zh else in_language(line.zh, line.en)
    return Row(
        name=name or gettext("none"),
        rank=line.rank,
        score="—" if line.score is None else f"{100 * line.score:.1f}",
        cases=_number(line.counts["cases"], behind, "cases"),
        shares=[_share(line.shares[rate.code], behind) for rate in RATES],
        is_small=line.is_small,
    )


def _share(share: Share, behind: Behind) -> ShareView:
    rate: Rate = share.rate
    return ShareView(share, _number(share.part, behind, rate.part), _number(share.whole, behind, rate.whole))


def _number(value: int, behind: Behind, figure: str) -> Number:
    return Number(value, behind.of(figure=figure).to_query())


@dataclass(frozen=True)
class ExcludedView:
    """A rule, why, and how many Cases it leaves out."""

    label: Promise
    why: Promise
    number: Number


def excluded_of(found: Table, behind: Behind) -> list[ExcludedView]:
    """Return the table of rules, with what each leaves out here."""
    return [
        ExcludedView(rule.label, rule.why, _number(found.excluded[code], behind, f"out-{code}"))
        for code, rule in RULES.items()
    ]


def chart_of(lines: list[Line]) -> Chart:
    """Return the picture of the weeks; a week of too few has no point."""
    labels = [line.code for line in lines]
    series = [
        Series(str(_rate(code).label), [_point(line.shares[code]) for line in lines], tone)
        for code, tone in zip(THREE, TONES, strict=True)
    ]
    return Chart(
        "weeks",
        str(_("The three rates week by week, in percent")),
        "lines",
        str(_("Week")),
        labels,
        series,
        "wide",
    )


def _point(share: Share) -> float | None:
    return None if share.is_small or share.value is None else round(100 * share.value, 1)


def _rate(code: str) -> Rate:
    return next(rate for rate in RATES if rate.code == code)
