"""The three collections: what each is, and its features page by page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from shapely import box as box_of
from shapely import intersects
from shapely.geometry import shape

from bihuan.faces.api.features.asking import Asked, Box, holds
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.queries.public import public_cases, where_of
from bihuan.spine.cases.states import Status
from bihuan.spine.places.models import Site, Zone

Feature = dict[str, Any]
# Further than any Case is moved when its place is made coarse. A box is held against the place that is shown: held
# against the true one, boxes that shrink would find it.
MARGIN = 0.02
BATCH = 500


@dataclass(frozen=True)
class Collection:
    """A collection: its words, how its rows are read, and how a row becomes a feature.

    ``narrow`` narrows rows to what may fit; ``fits`` decides on the feature that is shown.
    """

    name: str
    title: Promise
    about: Promise
    rows: Callable[[], QuerySet[Any]]
    narrow: Callable[[Asked], Q]
    feature: Callable[[Any], Feature]
    has_times: bool = False


def features(collection: Collection, asked: Asked) -> Iterator[Feature]:
    """Yield the features that a request asks for, in the order of their numbers, from its cursor on."""
    after = asked.cursor
    while True:
        found = collection.rows().filter(collection.narrow(asked), pk__gt=after).order_by("pk")
        rows = list(found[:BATCH])
        for row in rows:
            feature = collection.feature(row)
            if asked.box is None or _is_in(asked.box, feature["geometry"]):
                yield feature
        if len(rows) < BATCH:
            return
        after = rows[-1].pk


def one(collection: Collection, number: int) -> Feature | None:
    """Return one feature by its number."""
    row = collection.rows().filter(pk=number).first()
    return collection.feature(row) if row is not None else None


def _is_in(box: Box, geometry: dict[str, Any] | None) -> bool:
    if geometry is None:
        return False
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"]
        return holds(box, lon, lat)
    west, south, east, north = box
    halves = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    drawn = shape(geometry)
    return any(intersects(box_of(left, south, right, north), drawn) for left, right in halves)


def _made(row: Any, geometry: dict[str, Any] | None, **properties: Any) -> Feature:
    return {"type": "Feature", "id": row.pk, "geometry": geometry, "properties": properties}


def _point(lon: float | None, lat: float | None) -> dict[str, Any] | None:
    return None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}


# --- Sites -----------------------------------------------------------------------------------------------------


def _near(asked: Asked, margin: float) -> Q:
    if asked.box is None:
        return Q()
    west, south, east, north = asked.box
    rows = Q(lat__gte=south - margin, lat__lte=north + margin)
    if west > east:
        return rows & (Q(lon__gte=west - margin) | Q(lon__lte=east + margin))
    return rows & Q(lon__gte=west - margin, lon__lte=east + margin)


def _site(site: Site) -> Feature:
    return _made(
        site, _point(site.lon, site.lat), code=site.code, name=site.name, kind=site.kind,
        district=site.district.code, district_name=site.district.name,
    )  # fmt: skip


# --- Zones -----------------------------------------------------------------------------------------------------


def _in_force(asked: Asked) -> Q:
    found = Q(from_at__lte=asked.end) if asked.end else Q()
    return found & (Q(until_at__isnull=True) | Q(until_at__gt=asked.start)) if asked.start else found


def _zone(zone: Zone) -> Feature:
    return _made(
        zone, zone.outline or _sites_of(zone), code=zone.code, name=zone.name, state=zone.state,
        from_at=zone.from_at, until_at=zone.until_at,
    )  # fmt: skip


def _sites_of(zone: Zone) -> dict[str, Any] | None:
    """Draw a zone that has no outline by its sites."""
    places = [[site.lon, site.lat] for site in zone.sites.all()]
    return {"type": "MultiPoint", "coordinates": places} if places else None


# --- Cases -----------------------------------------------------------------------------------------------------


def _cases_asked(asked: Asked) -> Q:
    found = _near(asked, MARGIN)
    if asked.start:
        found &= Q(opened_at__gte=asked.start)
    return found & Q(opened_at__lte=asked.end) if asked.end else found


def _case(case: Case) -> Feature:
    where = where_of(case)
    return _made(
        case, _point(where.lon, where.lat), status=case.status, status_words=str(Status(case.status).label),
        is_open=case.is_open, service=case.service.code if case.service else None,
        service_name=case.service.name if case.service else None, agency=case.agency.code if case.agency else None,
        priority=case.priority, place=where.words, opened_at=case.opened_at, resolve_by=case.resolve_by,
        ended_at=case.ended_at,
    )  # fmt: skip


COLLECTIONS = {
    one.name: one
    for one in (
        Collection(
            "sites", _("Sites"), _("Compounds, hospitals, offices and other fixed places."),
            lambda: Site.objects.select_related("district").defer("district__outline"),
            lambda asked: _near(asked, 0.0), _site,
        ),
        Collection(
            "zones", _("Zones"), _("Areas under a restriction, from when until when."),
            lambda: Zone.objects.prefetch_related("sites"), _in_force, _zone, has_times=True,
        ),
        Collection(
            "cases", _("Cases"),
            _("What residents asked for, without words or persons; the place is as coarse as the service demands."),
            public_cases, _cases_asked, _case, has_times=True,
        ),
    )
}  # fmt: skip
