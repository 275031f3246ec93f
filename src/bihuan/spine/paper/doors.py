"""Doors as people write them: which building one is in, and in which order somebody walks past them."""

import re

_BUILDING = re.compile(
    r"(?P<zh>\d+|[A-Za-z])\s*(?:号楼|栋|幢|座|#)|(?:building|block|bldg\.?|tower)\s*(?P<en>[A-Za-z0-9]+)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\d+|[^\W\d_]+")

Place = tuple[tuple[int, int, str], ...]


def building_of(door: str) -> str:
    """Return the building that a door names (``3`` for ``3栋2单元501`` and ``Building 3``), ``""`` for none."""
    found = _BUILDING.search(door)
    if found is None:
        return ""
    named = (found["zh"] or found["en"]).upper()
    return str(int(named)) if named.isdecimal() else named


def walk(door: str) -> Place:
    """Return by what doors are ordered: building, unit and floor as numbers, so that 502 comes before 1201."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in _PARTS.findall(door[:80])
    )


def typed_building(typed: str) -> str:
    """Return a building as somebody types it into a form: ``3``, ``3栋`` and ``Building 3`` are one."""
    plain = typed.strip()[:20]
    return building_of(plain) or (str(int(plain)) if plain.isdecimal() else plain.upper())
