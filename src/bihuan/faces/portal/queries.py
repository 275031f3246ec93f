"""What the portal's pages read."""

from django.http import Http404

from bihuan.spine.cases.models import Service
from bihuan.spine.cases.registry import INTERNAL
from bihuan.spine.messages.models import Message, MessageStatus
from bihuan.spine.places.atlas import plain
from bihuan.spine.places.models import District, DistrictLevel, Site
from bihuan.spine.places.queries import find_sites

SUGGESTIONS = 8
MESSAGES = 30
LOOKED_AT = 60


def list_services() -> list[Service]:
    """List what one can ask for, in the order of the catalogue."""
    return list(Service.objects.filter(is_active=True).exclude(group=INTERNAL))


def access_service(code: str) -> Service:
    """Fetch a service that can be asked for; 404 when there is none by that code."""
    service = Service.objects.filter(is_active=True, code=code).exclude(group=INTERNAL).first()
    if service is None:
        raise Http404
    return service


def search_services(typed: str) -> list[Service]:
    """List the services that fit what was typed, best first; a whole sentence may be typed."""
    wanted = typed.strip().lower()
    if not wanted:
        return list_services()
    scored = [(_fit(service, wanted), service) for service in list_services()]
    return [service for fit, service in sorted(scored, key=lambda pair: -pair[0]) if fit]


def _fit(service: Service, wanted: str) -> int:
    """Weigh a service: its name counts most, then its keywords, then its description."""
    names = [service.name_zh.lower(), service.name_en.lower()]
    abouts = [service.about_zh.lower(), service.about_en.lower()]
    keywords = [word.lower() for word in service.keywords]
    return (
        8 * any(_meet(name, wanted) for name in names if name)
        + 2 * sum(_meet(word, wanted) for word in keywords)
        + any(wanted in about for about in abouts)
    )


def _meet(word: str, wanted: str) -> bool:
    # "药" is inside "购药送药"; and a sentence such as "奶奶卧床要买药" holds the keyword "买药".
    return wanted in word or word in wanted


def list_districts() -> list[District]:
    """List the districts of the city, for whoever can't use the map."""
    return list(District.objects.filter(level=DistrictLevel.COUNTY).defer("outline"))


def list_sites(typed: str, district_code: str = "") -> list[Site]:
    """Suggest places for what was typed, of one district where one is chosen."""
    return [site for site in find_sites(typed, LOOKED_AT) if district_code in ("", site.district.code)][
        :SUGGESTIONS
    ]


def sites_named(name: str, district_code: str = "") -> list[Site]:
    """List the places that bear exactly this name, in either language."""
    wanted = plain(name)
    found = find_sites(name, LOOKED_AT)
    return [
        site
        for site in found
        if wanted in (plain(site.name_zh), plain(site.name_en)) and district_code in ("", site.district.code)
    ]


def list_screen_messages(receipt: str) -> list[Message]:
    """List what was sent to the holder of a receipt, newest first; the screen is the channel everyone has."""
    return list(
        Message.objects.filter(about=receipt, status=MessageStatus.SENT).order_by("-created_at")[:MESSAGES]
    )
