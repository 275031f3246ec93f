"""The places of the demonstration city: districts, streets, compounds and what serves them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from bihuan.drill.divisions import DIVISIONS, TOTAL, Division, Street
from bihuan.drill.names import Name, draw_estates, draw_villages
from bihuan.drill.outlines import Outline, Position, draw_outlines
from bihuan.drill.shares import share_out

Row = dict[str, Any]

PEOPLE_PER_COMPOUND = 6_500
PEOPLE_PER_HOUSEHOLD = 2.75
HOUSEHOLDS_PER_BUILDING = {"estate": 56, "village": 9}
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True)
class Settlement:
    """A street or town with its place and its people."""

    street: Street
    district: Division
    outline: Outline
    place: Position
    population: int


def lay_out(rng: Random, streets_each: int | None = None) -> list[Settlement]:
    """Give every street a place and a share of the people; ``streets_each`` keeps only so many a district."""
    outlines = draw_outlines()
    people = share_out(TOTAL, [division.weight for division in DIVISIONS])
    laid: list[Settlement] = []
    for division, population in zip(DIVISIONS, people, strict=True):
        streets = division.streets[:streets_each]
        shares = share_out(population, [_pull(rng, street) for street in streets])
        for order, (street, share) in enumerate(zip(streets, shares, strict=True)):
            place = _street_place(division, outlines[division.code], order, street)
            laid.append(Settlement(street, division, outlines[division.code], place, share))
    return laid


def _pull(rng: Random, street: Street) -> float:
    kind = 0.2 if street.code[6] in "45" else 1.0 if street.is_town else 2.2
    return kind * rng.uniform(0.7, 1.3)


def _street_place(division: Division, outline: Outline, order: int, street: Street) -> Position:
    fraction = 0.45 + 0.4 * (order % 5) / 5 if street.is_town else 0.12 + 0.06 * order
    return outline.reach((division.lon, division.lat), order * GOLDEN_ANGLE, fraction)


def district_rows(settlements: list[Settlement]) -> list[Row]:
    """Return districts, then streets, in the fields of the places room."""
    outlines = {s.district.code: s.outline for s in settlements}
    counties = [
        {
            "code": d.code, "level": "county", "parent": None, "name_zh": d.zh, "name_en": d.en,
            "population": sum(s.population for s in settlements if s.district is d), "lon": d.lon, "lat": d.lat,
            "outline": outlines[d.code].geometry(),
        }
        for d in DIVISIONS
    ]  # fmt: skip
    streets = [
        {
            "code": s.street.code, "level": "street", "parent": s.district.code, "name_zh": s.street.zh,
            "name_en": s.street.en, "population": s.population, "lon": s.place[0], "lat": s.place[1],
            "outline": None,
        }
        for s in settlements
    ]  # fmt: skip
    return counties + streets


def compound_rows(rng: Random, settlements: list[Settlement], most: int | None = None) -> list[Row]:
    """Return the compounds and villages, at most ``most`` a street; each person lives in exactly one."""
    estates, villages = draw_estates(rng), draw_villages(rng)
    return [
        row
        for settlement in settlements
        for row in _compounds(rng, settlement, villages if settlement.street.is_town else estates, most)
    ]


def _compounds(rng: Random, settlement: Settlement, names: Iterator[Name], most: int | None) -> Iterator[Row]:
    wanted = max(1, round(settlement.population / PEOPLE_PER_COMPOUND))
    count = min(wanted, most or wanted)
    kind = "village" if settlement.street.is_town else "estate"
    shares = share_out(settlement.population, [rng.uniform(0.4, 1.6) for _ in range(count)])
    for number, population in enumerate(shares, 1):
        households = max(1, round(population / PEOPLE_PER_HOUSEHOLD))
        row = site_row(rng, settlement, "compound", number, next(names))
        yield row | {
            "population": population,
            "households": households,
            "buildings": math.ceil(households / HOUSEHOLDS_PER_BUILDING[kind]),
        }


def site_row(rng: Random, settlement: Settlement, kind: str, number: int, name: Name) -> Row:
    """Return one synthetic site near the middle of its street."""
    lon, lat = _near(rng, settlement)
    return {
        "code": f"{settlement.street.code}-{kind}-{number:02d}", "kind": kind, "name_zh": name[0], "name_en": name[1],
        "district": settlement.district.code, "street": settlement.street.code, "lon": lon, "lat": lat,
        "buildings": 1, "households": 0, "population": 0, "is_protected": False, "is_synthetic": True,
    }  # fmt: skip


def _near(rng: Random, settlement: Settlement) -> Position:
    spread = 0.035 if settlement.street.is_town else 0.009
    east, north = rng.gauss(0, spread), rng.gauss(0, spread)
    for halving in range(8):
        lon = round(settlement.place[0] + east / 2**halving, 6)
        lat = round(settlement.place[1] + north / 2**halving, 6)
        if settlement.outline.holds((lon, lat)):
            return lon, lat
    return settlement.place
