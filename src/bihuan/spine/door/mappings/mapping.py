"""What a mapping is, and what all of them share."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Row = dict[str, str]
"""A row of a file by the names of its columns; an empty cell is ``""``."""

Fields = dict[str, Any]
"""The fields of a Submission."""


@dataclass(frozen=True)
class Mapping:
    """How a row becomes the fields of a Submission.

    ``columns`` names the columns of a file that has no heading. ``fields`` may raise ``KeyError`` or
    ``ValueError`` for a row that makes no sense. The client id must be a function of the row alone, so that
    importing a file twice makes nothing new.
    """

    name: str
    about: str
    fields: Callable[[Row], Fields]
    columns: tuple[str, ...] = ()


def row_id(mapping: str, row: Row) -> str:
    """Return a client id for a row without a number of its own: equal rows are one and the same ask."""
    told = "\x1f".join(f"{name}={value}" for name, value in row.items())
    return f"{mapping}-{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def position(lon: str, lat: str) -> Fields:
    """Return the place, or nothing where the file has none."""
    return {"lon": float(lon), "lat": float(lat)} if lon and lat else {}


def sentence(*parts: str) -> str:
    """Join what is there by commas."""
    return ", ".join(" ".join(part.split()) for part in parts if part.strip())
