"""Cases as everybody may know of them, whatever face shows them.

No words, no person and no door of anybody. Of services that lie in the open (``BIHUAN_OPEN_SERVICES``: a street lamp,
a pothole) the exact place and the words are shown, else the middle of a cell of about a square kilometre; of services
about life and health only the district.
"""

from dataclasses import dataclass

import h3
from django.conf import settings
from django.db.models import Prefetch, QuerySet

from bihuan.kernel.geo import cell, centre
from bihuan.spine.cases.models import Case, Service, Urgency
from bihuan.spine.cases.registry import INTERNAL
from bihuan.spine.places.models import District

COARSE = 8
"""Resolution of the H3 cell whose middle is shown: 0.7 km² on average."""
PLACES = 5  # decimals of a degree: a metre
UNREAD = ("questions", "keywords", "danger_words", "about_zh", "about_en")


@dataclass(frozen=True)
class Where:
    """A place as it may be shown; ``lon`` and ``lat`` are None where the district is all that may be known."""

    lon: float | None
    lat: float | None
    words: str
    site: str = ""


def public_services() -> QuerySet[Service]:
    """Return the services that residents are offered."""
    return Service.objects.filter(is_active=True).exclude(group=INTERNAL)


def public_cases() -> QuerySet[Case]:
    """Return the Cases that residents asked for, with what showing them needs.

    Left out are those that staff or the system raised (the care list says who is frail), an agency's share of
    another Case, and what nobody has put under a service yet.
    """
    shown = Case.objects.filter(parent__isnull=True, is_self_raised=False, service__isnull=False)
    # A few services, agencies and districts belong to very many Cases: read once, not beside each row.
    return shown.exclude(service__group=INTERNAL).prefetch_related(
        Prefetch("service", Service.objects.defer(*UNREAD)), "agency", "site",
        Prefetch("district", District.objects.defer("outline")),
    )  # fmt: skip


def is_open(service: Service | None) -> bool:
    """Say whether a service lies in the open, so that words and exact place of its Cases are nobody's own."""
    return service is not None and service.code in settings.BIHUAN_OPEN_SERVICES


def words_of(case: Case) -> str:
    """Return what was written, where it may be shown."""
    return case.summary if is_open(case.service) else ""


def where_of(case: Case) -> Where:
    """Return the place of a Case as coarsely as its service demands."""
    district = case.district.name if case.district else ""
    if case.lon is None or case.lat is None:
        return Where(None, None, _named(case, district))
    if is_open(case.service):
        site = case.site.code if case.site else ""
        return Where(round(case.lon, PLACES), round(case.lat, PLACES), _named(case, district), site)
    if case.service is None or case.service.urgency == Urgency.LIFE:
        return Where(None, None, district)
    lon, lat = centre(_coarse(case))
    return Where(round(lon, PLACES), round(lat, PLACES), district)


def _coarse(case: Case) -> str:
    fine = case.cell or cell(case.lon or 0.0, case.lat or 0.0)
    return str(h3.cell_to_parent(fine, COARSE))


def _named(case: Case, district: str) -> str:
    """Say the place before its district where it lies in the open."""
    place = case.place if is_open(case.service) else ""
    return ", ".join(filter(None, (place, district)))
