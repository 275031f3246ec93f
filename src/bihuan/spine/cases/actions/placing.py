"""Saying where a Case really is."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases import gist
from bihuan.spine.cases.actions.moving import assign, transfer
from bihuan.spine.cases.actions.step import begin
from bihuan.spine.cases.models import Case, PlaceFrom
from bihuan.spine.cases.placing import Placed
from bihuan.spine.cases.rights import Who
from bihuan.spine.cases.rules import Rulebook
from bihuan.spine.cases.states import UNSORTED
from bihuan.spine.places.atlas import Found
from bihuan.spine.places.models import District, DistrictLevel, Site


@transaction.atomic
def relocate(
    *,
    case: Case,
    by: Who,
    site: Site | None = None,
    district: District | None = None,
    find_owner: bool = False,
) -> Case:
    """Say which site or district a Case is about; owner and clocks stay unless ``find_owner`` asks the rules anew."""
    step = begin(case, "relocate", by)
    found = _found(site, district)
    detail = {"from": step.case.site_id or step.case.district_id, "was": step.case.place_from}
    moved = step.write(detail=detail, **Placed(found, PlaceFrom.PERSON).fields)
    owner = _owner(moved, found) if find_owner else None
    if owner is None or owner.pk == moved.agency_id:
        return moved
    return _give(moved, owner, by)


def _found(site: Site | None, district: District | None) -> Found:
    if site is not None:
        return Found(site.district_id, site.street_id, site.pk, site.lon, site.lat)
    if district is None:
        raise Refused(_("Choose a place or a district."), code="place", field="site")
    if district.level == DistrictLevel.STREET:
        return Found(district.parent_id, district.pk)
    return Found(district.pk)


def _owner(case: Case, found: Found) -> Agency | None:
    """Return whom the rules in force name for the place as it is known now."""
    asker = case.askers.select_related("submission").order_by("id").first()
    words = gist.words_of(asker.submission) if asker else case.summary
    return Rulebook.load().decide(case.service, found, words, case.zone_state).agency


def _give(case: Case, owner: Agency, by: Who) -> Case:
    words: dict[str, Any] = {"reason": _("The place was corrected.")}
    if case.status in UNSORTED:
        return assign(case=case, agency=owner, by=by, **words)
    return transfer(case=case, agency=owner, by=by, **words)
