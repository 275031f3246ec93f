"""Putting a banner up and taking it down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.kernel.geo import cells_within, is_position
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import changes, telling
from bihuan.spine.cases.actions.step import lock, said
from bihuan.spine.cases.banners.area import case_of
from bihuan.spine.cases.models import Asker, Banner, Case, Service
from bihuan.spine.cases.rights import Who, is_visible
from bihuan.spine.cases.states import UNDONE
from bihuan.spine.messages.wording import ENGLISH
from bihuan.spine.places.models import Site

WORDS_LIMIT = 200
FARTHEST_M = 20_000
# Whoever drops a point in a compound seldom hits its middle.
SITE_M = 200
PERMITTED = (Permission.SURGE, Permission.TRIAGE)


@dataclass(frozen=True)
class Circle:
    """A drawn area: its middle in WGS 84 and its radius in metres."""

    lon: float
    lat: float
    radius_m: float


@transaction.atomic
def put_up(
    *,
    case: Case,
    services: Sequence[Service],
    words_zh: str,
    by: User,
    words_en: str = "",
    sites: Sequence[Site] = (),
    circle: Circle | None = None,
    expected_at: datetime | None = None,
) -> Banner:
    """Announce a known fault from its Case; refuses one without services, without an area, or already done."""
    _check_permitted(by)
    locked = lock(case.pk)
    if not is_visible(by, locked) or locked.status not in UNDONE:
        raise Refused(_("This case is done already, or not in your hands."), code="case", field="case")
    if not services:
        raise Refused(_("Choose at least one service."), code="services", field="services")
    banner = Banner.objects.create(
        case=locked,
        cells=_cells(sites, circle),
        words_zh=_words(words_zh, "words_zh"),
        words_en=_words(words_en, "words_en") if words_en.strip() else "",
        expected_at=expected_at,
        from_at=clock.now(),
        made_by=by,
    )
    banner.services.set(services)
    banner.sites.set(sites)
    detail = {"banner": banner.pk, "services": [service.pk for service in services]}
    changes.told(locked, "banner", by, detail | {"sites": [site.pk for site in sites]})
    return banner


def _cells(sites: Sequence[Site], circle: Circle | None) -> list[str]:
    circles = [Circle(site.lon, site.lat, SITE_M) for site in sites] + ([circle] if circle else [])
    if not circles:
        raise Refused(_("Name compounds or give a radius."), code="area", field="sites")
    if not all(is_position(one.lon, one.lat) and 0 < one.radius_m <= FARTHEST_M for one in circles):
        message = _("A radius of up to %(km)d km, please.") % {"km": FARTHEST_M // 1000}
        raise Refused(message, code="radius", field="radius_m")
    return sorted({name for one in circles for name in cells_within(one.lon, one.lat, one.radius_m)})


def _words(text: str, field: str) -> str:
    kept = " ".join(said(text, field).split())
    if len(kept) > WORDS_LIMIT:
        message = _("At most %(count)d characters, please.") % {"count": WORDS_LIMIT}
        raise Refused(message, code="long", field=field)
    return kept


@transaction.atomic
def take_down(*, banner: Banner, by: Who) -> Banner:
    """End a banner. Taken down by a person, its caught askers are told; when its Case ends they hear of that."""
    if isinstance(by, User):
        _check_permitted(by)
    ended_by = by if isinstance(by, User) else None
    ended = Banner.objects.filter(pk=banner.pk, ended_at__isnull=True)
    if not ended.update(ended_at=clock.now(), ended_by=ended_by):
        raise Conflict(_("This banner has been taken down already."), code="ended")
    fresh = Banner.objects.select_related("case__merged_into__agency", "case__agency").get(pk=banner.pk)
    case = case_of(fresh)
    changes.told(case, "banner_end", by, {"banner": fresh.pk, "caught": fresh.caught_count})
    if case.status in UNDONE:
        _tell_caught(fresh, case)
    return fresh


def _tell_caught(banner: Banner, case: Case) -> None:
    caught = Asker.objects.filter(caught__banner=banner, case=case).order_by("id")
    english = caught.filter(submission__language__istartswith=ENGLISH)
    numbers = set(english.values_list("pk", flat=True)) if banner.words_en else set()
    others = [number for number in caught.values_list("pk", flat=True) if number not in numbers]
    for askers, words in ((sorted(numbers), banner.words_en), (others, banner.words_zh)):
        if askers:
            telling.tell_some(case=case, template="banner_end", askers=askers, words=words)


def take_down_done() -> int:
    """Take down the banners whose Case is done; return how many. Their askers are told by what ended the Case."""
    up = Banner.objects.filter(ended_at__isnull=True).select_related("case__merged_into")
    return sum(_take_down(banner) for banner in up if case_of(banner).status not in UNDONE)


def _take_down(banner: Banner) -> bool:
    try:
        take_down(banner=banner, by=SYSTEM)
    except Conflict:
        return False
    return True


def _check_permitted(by: User) -> None:
    if not any(map(by.may, PERMITTED)):
        raise Forbidden(_("Your role does not include: %(permission)s.") % {"permission": PERMITTED[0].label})
