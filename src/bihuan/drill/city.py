"""The demonstration city as one JSON-able value: Zhuzhou's names, everything else invented.

``make_city(seed)`` is a pure function. Its value holds lists of rows in the fields of the rooms that keep them:

- ``label``: says in both languages that it is synthetic; ``seed``; ``total``: people, 3,902,738
- ``districts``: code, level (county, street), parent, name_zh, name_en, population, lon, lat, outline
- ``sites``: code, kind, name_zh, name_en, district, street, lon, lat, buildings, households, population,
  is_protected, is_synthetic
- ``features``: kind (river, road), name_zh, name_en, geometry
- ``agencies``: code, parent, name_zh, name_en; ``teams``: agency, name_zh, name_en
- ``rules``: number, name_zh, name_en, agency, service, district, site, words, priority
- ``staff``: username, role, agency, display_name
- ``rotas``: agency, duty, people (usernames who take turns); ``fallbacks``: district (or none), agency
"""

from random import Random
from typing import Any, TypedDict

from bihuan.drill.agencies import agency_rows, fallback_rows, team_rows
from bihuan.drill.amenities import amenity_rows
from bihuan.drill.divisions import TOTAL
from bihuan.drill.outlines import draw_features
from bihuan.drill.places import compound_rows, district_rows, lay_out
from bihuan.drill.rota import rota_rows
from bihuan.drill.rules import rule_rows
from bihuan.drill.staff import staff_rows

Row = dict[str, Any]

LABEL = (
    "演示数据：区划名称和代码为真实名称，边界、人口、小区、单位和人员均为虚构。"
    " Demonstration: names and codes of districts are real; outlines, figures, sites, offices and people are invented."
)
SMALL_STREETS = 2
PROTECTED_DISTRICT = "430211"


class City(TypedDict):
    """A city in a box."""

    label: str
    seed: int
    total: int
    districts: list[Row]
    sites: list[Row]
    features: list[Row]
    agencies: list[Row]
    teams: list[Row]
    rules: list[Row]
    staff: list[Row]
    rotas: list[Row]
    fallbacks: list[Row]


def make_city(seed: int = 2022, *, small: bool = False) -> City:
    """Make the city of a seed. A small one has two streets a district and fewer, larger compounds."""
    rng = Random(seed)
    settlements = lay_out(rng, SMALL_STREETS if small else None)
    sites = compound_rows(rng, settlements, most=3 if small else None) + amenity_rows(rng, settlements)
    return {
        "label": LABEL,
        "seed": seed,
        "total": TOTAL,
        "districts": district_rows(settlements),
        "sites": sites,
        "features": draw_features(),
        "agencies": agency_rows(),
        "teams": team_rows(),
        "rules": rule_rows(_hospital(sites)),
        "staff": staff_rows(),
        "rotas": rota_rows(),
        "fallbacks": fallback_rows(),
    }


def _hospital(sites: list[Row]) -> str:
    found = (s["code"] for s in sites if s["kind"] == "hospital" and s["district"] == PROTECTED_DISTRICT)
    return str(next(found))
