"""A place as somebody at the desk names it."""

from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.named import in_language
from bihuan.spine.places.gazetteer import Named, Place
from bihuan.spine.places.models import District, Site
from bihuan.spine.places.queries import gazetteer
from bihuan.spine.places.reasons import WORDS

LISTED_AT_MOST = 5


def site_or_district(number: int | None, words: str) -> tuple[Site | None, District | None]:
    """Return the one site or district that is meant; refuses where nothing or several are."""
    if number is not None:
        site = Site.objects.filter(pk=number).first()
        if site is None:
            raise Refused(_("There is no such place."), code="place", field="place")
        return site, None
    named = gazetteer().read(words)
    if named.candidates or named.found.district_id is None:
        raise Refused(_unclear(named), code="place", field="place")
    if named.found.site_id is not None:
        return Site.objects.get(pk=named.found.site_id), None
    return None, District.objects.get(pk=named.found.street_id or named.found.district_id)


def _unclear(named: Named) -> str:
    words = str(WORDS[named.reason])
    if not named.candidates:
        return _("Unclear which place is meant: %(why)s.") % {"why": words}
    listed = _(", ").join(label_of(named.candidates))
    return _("Unclear which place is meant: %(why)s: %(places)s.") % {"why": words, "places": listed}


def label_of(candidates: tuple[Place, ...]) -> list[str]:
    """Name places with the district that tells them apart."""
    shown = candidates[:LISTED_AT_MOST]
    districts = District.objects.only("name_zh", "name_en").in_bulk(
        {place.found.district_id for place in shown if place.found.district_id}
    )
    return [
        _("%(place)s (%(district)s)")
        % {
            "place": in_language(place.name_zh, place.name_en),
            "district": districts.get(place.found.district_id or 0, ""),
        }
        for place in shown
    ]
