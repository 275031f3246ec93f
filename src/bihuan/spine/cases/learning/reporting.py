"""How good the suggestions were on Cases held back, for the page and the API. Small numbers are flagged."""

from collections.abc import Mapping
from dataclasses import dataclass

from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.learning.material import count_closed
from bihuan.spine.cases.learning.training import FEWEST_CASES
from bihuan.spine.cases.models import Learnt, Service, Taught

SMALL = 20


@dataclass(frozen=True)
class Row:
    """One service or agency: how many were held back, and how many of them were suggested right."""

    code: str
    name: str
    held: int
    first: int
    three: int

    @property
    def is_small(self) -> bool:
        """Whether too few were held back for a share to mean much."""
        return self.held < SMALL


@dataclass(frozen=True)
class Confusion:
    """What was suggested where something else was right, and how often."""

    true: str
    said: str
    count: int


@dataclass(frozen=True)
class Report:
    """The latest training of one thing."""

    learnt: Learnt
    rows: tuple[Row, ...]
    confusions: tuple[Confusion, ...]

    @property
    def what(self) -> str:
        return str(Taught(self.learnt.what).label)

    @property
    def is_small(self) -> bool:
        return self.learnt.held_back < SMALL


@dataclass(frozen=True)
class Accuracy:
    """What is known of the suggestions; without reports there are too few Cases to learn from."""

    reports: tuple[Report, ...]
    closed: int
    fewest: int = FEWEST_CASES

    @property
    def is_too_little(self) -> bool:
        return not self.reports and self.closed < self.fewest


def accuracy() -> Accuracy:
    """Return the latest trainings, and how many closed Cases there are to learn from."""
    latest = [_latest(what) for what in Taught.values]
    return Accuracy(tuple(_report(one) for one in latest if one is not None), count_closed())


def _latest(what: str) -> Learnt | None:
    return Learnt.objects.filter(what=what).defer("weights").order_by("-trained_at", "-id").first()


def _report(learnt: Learnt) -> Report:
    names = _names(learnt.what)
    rows = (
        Row(code, names.get(code, code), count["held"], count["first"], count["three"])
        for code, count in learnt.by_label.items()
    )
    confusions = (
        Confusion(names.get(one["true"], one["true"]), names.get(one["said"], one["said"]), one["count"])
        for one in learnt.confusions
    )
    return Report(learnt, tuple(sorted(rows, key=lambda row: (-row.held, row.code))), tuple(confusions))


def _names(what: str) -> Mapping[str, str]:
    model: type[Service | Agency] = Service if what == Taught.SERVICE else Agency
    return {row.code: row.name for row in model._default_manager.only("code", "name_zh", "name_en")}
