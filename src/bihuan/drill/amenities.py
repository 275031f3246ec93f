"""What serves the streets: hospitals, stations, schools, posts, offices, shops, checkpoints, factories."""

from collections.abc import Iterator
from random import Random

from bihuan.drill.places import Row, Settlement, site_row

PER_STREET = (("office", "社区服务中心", "Community Office"), ("police", "警务站", "Police Post"))
EVERY_OTHER = (
    ("school", "学校", "School"),
    ("shop", "平价超市", "Supermarket"),
    ("shop", "大药房", "Pharmacy"),
)
PER_DISTRICT = (
    ("hospital", "人民医院", "People's Hospital"),
    ("hospital", "中医院", "Hospital of Chinese Medicine"),
    ("station", "变电站", "Substation"),
    ("station", "水厂", "Waterworks"),
    ("station", "燃气门站", "Gas Station"),
    ("checkpoint", "东卡口", "East Checkpoint"),
    ("checkpoint", "西卡口", "West Checkpoint"),
    ("factory", "保供粮油厂", "Grain and Oil Plant"),
)
PROTECTED = frozenset({"hospital", "station"})


def amenity_rows(rng: Random, settlements: list[Settlement]) -> list[Row]:
    """Return the sites that are not compounds."""
    rows = [row for place in settlements for row in _of_street(rng, place)]
    first_of = {place.district.code: place for place in reversed(settlements)}
    return rows + [row for place in first_of.values() for row in _of_district(rng, place)]


def _of_street(rng: Random, place: Settlement) -> Iterator[Row]:
    extra = EVERY_OTHER if rng.random() < 0.5 or not place.street.is_town else ()
    short_zh, short_en = place.street.zh.removesuffix("街道"), place.street.en.removesuffix(" Street")
    for number, (kind, zh, en) in enumerate(PER_STREET + extra, 1):
        yield site_row(rng, place, kind, number, (short_zh + zh, f"{short_en} {en}"))


def _of_district(rng: Random, place: Settlement) -> Iterator[Row]:
    """The name says that it is the demonstration's: a hospital must not be taken for a real one."""
    for number, (kind, zh, en) in enumerate(PER_DISTRICT, 21):
        name = (f"{place.district.zh}演示{zh}", f"{place.district.en} Demo {en}")
        yield site_row(rng, place, kind, number, name) | {"is_protected": kind in PROTECTED}
