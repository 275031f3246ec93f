"""Which names the rows of districts, streets and sites go by."""

from collections.abc import Iterable, Iterator

from bihuan.spine.places.atlas import Found
from bihuan.spine.places.gazetteer import Level, Place
from bihuan.spine.places.models import District, DistrictLevel, Site

# What people leave out: 天元 for 天元区. Of two characters nothing is left to leave out (攸县).
ENDINGS_ZH = ("区", "县", "市")
ENDINGS_EN = (" District", " County", " City")

Entry = tuple[Place, Iterable[str]]


def entries() -> Iterator[Entry]:
    """Yield every place with its names and aliases, districts also with their names cut short."""
    divisions = District.objects.order_by("code")
    for row in divisions.values_list("id", "level", "parent_id", "name_zh", "name_en", "aliases"):
        yield from _division(*row)
    columns = ("id", "district_id", "street_id", "lon", "lat", "name_zh", "name_en", "aliases")
    sites = Site.objects.order_by("id").values_list(*columns)
    for number, district, street, lon, lat, zh, en, aliases in sites.iterator():
        found = Found(district, street, number, lon, lat)
        yield Place(Level.SITE, number, zh, en, found), (zh, en, *aliases)


def _division(
    number: int, level: str, parent: int | None, zh: str, en: str, aliases: list[str]
) -> Iterator[Entry]:
    if level == DistrictLevel.STREET:
        yield Place(Level.STREET, number, zh, en, Found(parent, number)), (zh, en, *aliases)
        return
    yield Place(Level.COUNTY, number, zh, en, Found(number)), (zh, en, *aliases)
    yield Place(Level.COUNTY, number, zh, en, Found(number), is_short=True), _cut_short(zh, en)


def _cut_short(zh: str, en: str) -> list[str]:
    cut_zh = [zh.removesuffix(ending) for ending in ENDINGS_ZH if zh.endswith(ending)]
    cut_en = [en.removesuffix(ending) for ending in ENDINGS_EN if en.endswith(ending)]
    return [name for name in (*cut_zh, *cut_en) if len(name) > 1]
