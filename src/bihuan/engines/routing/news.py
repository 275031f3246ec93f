"""What has happened since a plan was told, and what becomes of it: the words of planning again."""

from dataclasses import dataclass

from .inserting import Key
from .plan import Plan
from .problem import Coordinates, LonLat, Matrix, Pair, Problem, Stop, Thing

NOBODY = "nobody"


class Added(Thing, frozen=True, kw_only=True):
    """New stops and, by their numbers among them, new pairs.

    ``travel`` and ``lonlat`` are the problem's own with further places behind them, where a new stop lies at none of
    the old ones.
    """

    stops: tuple[Stop, ...] = ()
    pairs: tuple[Pair, ...] = ()
    travel: Coordinates | LonLat | Matrix | None = None
    lonlat: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What has happened: the time, what is cancelled, what is new, which vehicles (number, unit) are out of service.

    ``added_pairs`` name their stops by their numbers in ``added``. ``move_price`` is the cost of a stop's vehicle
    being another than was told.
    """

    now_s: int
    cancelled: frozenset[int] = frozenset()
    added: tuple[Stop, ...] = ()
    added_pairs: tuple[Pair, ...] = ()
    broken: frozenset[Key] = frozenset()
    move_price: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One stop that is not where it was: what happened to it, from whom to whom, and why."""

    stop: str
    what: str
    before: str
    after: str
    why: str


@dataclass(slots=True)
class Replanned:
    """The rest of the day as a problem and a plan, who was served already, and every change."""

    problem: Problem
    plan: Plan
    past: tuple[int, ...]
    changes: list[Change]
