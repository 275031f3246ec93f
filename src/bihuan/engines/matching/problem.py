"""What is offered, what is lacking, and which of the one may go to the other: columns of whole numbers with units."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FOREVER_S = 10**9
NOBODY = -1
HOUR_S, DAY_S = 3600, 86_400


class BadProblem(ValueError):
    """The columns do not make a problem; the message says which row and why."""


@dataclass(frozen=True)
class Offers:
    """What can be given, a row each.

    Parameters
    ----------
    name
        Unique names.
    kind, quantity
        Number of the kind of goods, and how many units there are.
    lon, lat
        WGS 84 degrees.
    keeps_s
        Seconds until it can't be used any more.
    is_cold
        Whether it must stay cold on the way and with whoever gets it.
    earmark
        The need for which the giver means it (row of `Needs`); `NOBODY` where it is for all.
    lot
        The fewest units worth bringing to one need.
    pack
        It is given in whole packs of so many units.
    """

    name: tuple[str, ...]
    kind: Ints
    quantity: Ints
    lon: Floats
    lat: Floats
    keeps_s: Ints
    is_cold: Flags
    earmark: Ints
    lot: Ints
    pack: Ints

    @classmethod
    def of(cls, quantity: ArrayLike, **columns: Any) -> "Offers":
        """Make offers from columns; those left out say nothing special."""
        count = len(np.asarray(quantity))
        plain = {"kind": 0, "lon": 0.0, "lat": 0.0, "keeps_s": FOREVER_S, "is_cold": False}
        plain |= {"earmark": NOBODY, "lot": 1, "pack": 1}
        return cls(**_columns(count, plain, columns | {"quantity": quantity}, "offer"))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.quantity)


@dataclass(frozen=True)
class Needs:
    """What is lacking, a row for each recipient and kind.

    Parameters
    ----------
    name
        Unique names.
    kind, quantity
        Number of the kind of goods, and how many units are lacking.
    lon, lat
        WGS 84 degrees.
    priority
        How much a unit of shortage weighs, from 1.
    can_cool
        Whether cold goods stay cold there.
    use_s
        Seconds from arrival until it is used up.
    """

    name: tuple[str, ...]
    kind: Ints
    quantity: Ints
    lon: Floats
    lat: Floats
    priority: Ints
    can_cool: Flags
    use_s: Ints

    @classmethod
    def of(cls, quantity: ArrayLike, **columns: Any) -> "Needs":
        """Make needs from columns; those left out say nothing special."""
        count = len(np.asarray(quantity))
        plain = {"kind": 0, "lon": 0.0, "lat": 0.0, "priority": 1, "can_cool": True, "use_s": 0}
        return cls(**_columns(count, plain, columns | {"quantity": quantity}, "need"))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.quantity)


def _columns(count: int, plain: dict[str, Any], given: dict[str, Any], word: str) -> dict[str, Any]:
    names: Sequence[str] = given.pop("name", None) or tuple(f"{word} {k + 1}" for k in range(count))
    kinds = {float: np.float64, bool: np.bool_, int: np.int64}
    made: dict[str, Any] = {"name": tuple(names)}
    for column, value in (plain | given).items():
        dtype = kinds[type(plain.get(column, 0))]
        made[column] = np.broadcast_to(np.asarray(value, dtype), count).copy()
    return made


@dataclass(frozen=True)
class Links:
    """Pairs that may be matched: row of the offer, row of the need, cost in metres for each unit, seconds to arrive."""

    offer: Ints
    need: Ints
    cost_m: Ints
    arrive_s: Ints

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.offer)

    def __getitem__(self, which: Any) -> "Links":
        """Return some of them, by slice, mask or indices."""
        return Links(self.offer[which], self.need[which], self.cost_m[which], self.arrive_s[which])


@dataclass(frozen=True)
class Aims:
    """What a good plan is.

    Parameters
    ----------
    tiers
        Into how many equal slices each need's shortage is cut. The first slice to be missing costs the price
        of shortage once, the next twice, and so on, so the last thing a plan does is to leave somebody with
        nothing. 1 is the efficient plan, which minds only the sum.
    shortage_m
        The price of one missing unit, in metres of transport; 0: just more than the longest link.
    waste_m
        The price of one unit that is left over and expires within ``soon_s``.
    is_lexicographic
        The worst-off first, then the next, and so on; transport is minded only among plans equal in that.
    """

    tiers: int = 5
    shortage_m: int = 0
    waste_m: int = 1000
    soon_s: int = 3 * DAY_S
    is_lexicographic: bool = False


@dataclass(frozen=True)
class Problem:
    """Offers, needs, links between them and aims.

    Parameters
    ----------
    substitutes
        ``{(kind lacking, kind given): metres}``: what may stand in for what, and how many metres of way that
        is as bad as, for each unit.

    Raises
    ------
    BadProblem
        When a quantity, pack, lot or priority is not at least 1 (quantities: 0), or a row points nowhere.
    """

    offers: Offers
    needs: Needs
    links: Links
    aims: Aims = Aims()
    substitutes: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what can't be planned."""
        offers, needs, links = self.offers, self.needs, self.links
        _at_least(offers, needs)
        _inside(offers.earmark, NOBODY, len(needs), "an offer is meant for a need that does not exist")
        _inside(links.offer, 0, len(offers), "a link names an offer that does not exist")
        _inside(links.need, 0, len(needs), "a link names a need that does not exist")
        _inside(links.cost_m, 0, 10**7 + 1, "a link's cost lies outside 0 to 10,000 km")
        if not 1 <= self.aims.tiers <= 1000:
            raise BadProblem("there must be 1 to 1,000 tiers")

    @property
    def is_flow(self) -> bool:
        """Whether nothing asks for whole packs or lots, so that one flow is the exact answer."""
        return bool((self.offers.pack == 1).all() and (self.offers.lot <= 1).all())

    @property
    def shortage_m(self) -> int:
        """The price of the first missing unit of a need with priority 1."""
        return self.aims.shortage_m or int(self.links.cost_m.max(initial=0)) + 1

    @property
    def leftover_m(self) -> Ints:
        """What a unit that stays with each offer costs."""
        return np.where(self.offers.keeps_s <= self.aims.soon_s, self.aims.waste_m, 0).astype(np.int64)

    @property
    def capacity(self) -> Ints:
        """How many units each link can carry at the most."""
        most: Ints = np.minimum(self.offers.quantity[self.links.offer], self.needs.quantity[self.links.need])
        return most


def _at_least(offers: Offers, needs: Needs) -> None:
    for rows, column, least in (
        (offers, "quantity", 0),
        (offers, "lot", 1),
        (offers, "pack", 1),
        (needs, "quantity", 0),
        (needs, "priority", 1),
    ):
        wrong = np.flatnonzero(getattr(rows, column) < least)
        if len(wrong):
            raise BadProblem(f"{rows.name[wrong[0]]}: {column} must be at least {least}")
    for rows in (offers, needs):
        if len({len(getattr(rows, f.name)) for f in fields(rows)}) > 1:
            raise BadProblem("the columns differ in length")


def _inside(numbers: Ints, low: int, end: int, words: str) -> None:
    if numbers.size and (numbers.min() < low or numbers.max() >= end):
        raise BadProblem(words)
