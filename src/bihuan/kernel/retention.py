"""What each model says of each of its fields: keep it, scrub it or erase it, and when.

A model that scrubs or erases also says by ``AGED_FROM`` which of its instants the days are counted from;
it may lie on another row (``case__ended_at``). Rows where it is null are not old.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Keep:
    """The field holds nothing personal, or must stay as long as the row; ``why`` when that isn't plain."""

    why: str = ""


@dataclass(frozen=True)
class Scrub:
    """Free text in which people write names and numbers: replaced by a mark after ``days`` days."""

    days: int


@dataclass(frozen=True)
class Erase:
    """Personal data: set to nothing after ``days`` days."""

    days: int


Retention = Mapping[str, Keep | Scrub | Erase]


def kept(*fields: str, why: str = "") -> dict[str, Keep | Scrub | Erase]:
    """Say of many fields at once that they are kept."""
    return {field: Keep(why) for field in fields}
