"""Where something is, and which sites fit what was typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q

from bihuan.kernel import clock
from bihuan.spine.places.atlas import Atlas, Spot
from bihuan.spine.places.gazetteer import Gazetteer
from bihuan.spine.places.models import District, DistrictLevel, Site
from bihuan.spine.places.naming import entries
from bihuan.spine.places.zones import zones_since

FRESH_FOR = timedelta(minutes=1)
TYPED_LIMIT = 120


@dataclass(frozen=True)
class _Kept:
    """The atlas of this process, and what it was drawn from."""

    atlas: Atlas
    drawn_at: datetime
    drawn_from: tuple[object, ...]


_kept: _Kept | None = None
_named: tuple[Atlas, Gazetteer] | None = None


def atlas() -> Atlas:
    """Return the city in memory; drawn anew when rows were added, and each minute.

    A batch asks once and then uses ``locate`` as often as it likes.
    """
    global _kept
    now, marks = clock.now(), _marks()
    if _kept is None or _kept.drawn_from != marks or not _kept.drawn_at <= now < _kept.drawn_at + FRESH_FOR:
        _kept = _Kept(_draw(), now, marks)
    return _kept.atlas


def gazetteer(city: Atlas | None = None) -> Gazetteer:
    """Return the names of the city in memory, as old as the atlas; a batch hands in the atlas that it has."""
    global _named
    city = city or atlas()
    if _named is None or _named[0] is not city:
        _named = city, Gazetteer(entries())
    return _named[1]


def forget() -> None:
    """Draw the atlas anew next time, after districts or sites were changed."""
    global _kept, _named
    _kept = _named = None


def place_of(
    lon: float | None, lat: float | None, site_text: str = ""
) -> tuple[District | None, District | None, Site | None]:
    """Return district, street and site of a point, of a site's name, or of both."""
    found = atlas().locate(lon, lat, site_text)
    divisions = District.objects.defer("outline").in_bulk({found.district_id, found.street_id} - {None})
    site = Site.objects.filter(pk=found.site_id).first() if found.site_id else None
    return divisions.get(found.district_id), divisions.get(found.street_id), site


def zone_state_at(lon: float | None, lat: float | None, site_id: int | None, at: datetime) -> str:
    """Return the strictest state of the zones that a place lay in at an instant."""
    return zones_since(at).state_at(lon, lat, site_id, at)


def find_sites(text: str, limit: int = 8) -> list[Site]:
    """Return sites for what was typed so far: those whose name begins with it, then those that hold it."""
    typed = text.replace("\x00", "").strip()[:TYPED_LIMIT]
    if not typed or limit <= 0:
        return []
    sites = Site.objects.select_related("district", "street").defer("district__outline", "street__outline")
    begins = Q(name_zh__startswith=typed) | Q(name_en__istartswith=typed)
    holds = Q(name_zh__contains=typed) | Q(name_en__icontains=typed)
    first = list(sites.filter(begins).order_by("name_zh", "id")[:limit])
    rest = sites.filter(holds).exclude(begins).order_by("name_zh", "id")
    return first + list(rest[: limit - len(first)])


def _marks() -> tuple[object, ...]:
    return tuple(
        value
        for model in (District, Site)
        for value in model.objects.aggregate(Max("id"), Max("code")).values()
    )


def _draw() -> Atlas:
    counties = District.objects.filter(level=DistrictLevel.COUNTY, outline__isnull=False).order_by("code")
    outlines = dict(counties.values_list("id", "outline"))
    columns = ("id", "lon", "lat", "district_id", "street_id", "name_zh", "name_en")
    rows = Site.objects.order_by("id").values_list(*columns)
    return Atlas(outlines, ((Spot(*row[:5]), row[5:]) for row in rows.iterator()))
