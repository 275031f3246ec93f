"""Reading banners."""

from django.http import Http404

from bihuan.spine.accounts.models import User
from bihuan.spine.cases.banners.area import Live, Spot, live
from bihuan.spine.cases.models import Banner, Service
from bihuan.spine.cases.rights import is_visible

PAST = 20


def list_live() -> list[Banner]:
    """List the banners that are up, for everybody to read."""
    return [one.banner for one in live()]


def list_known(service: Service, spot: Spot | None = None) -> list[Banner]:
    """List what is known about a service: at a place where one is given, else anywhere."""
    return [one.banner for one in live() if _is_about(one, service, spot)]


def _is_about(one: Live, service: Service, spot: Spot | None) -> bool:
    return one.fits(service.pk, spot) if spot else service.pk in one.services


def list_past(limit: int = PAST) -> list[Banner]:
    """List the banners that came down last."""
    past = Banner.objects.filter(ended_at__isnull=False).select_related("case", "made_by", "ended_by")
    return list(past.prefetch_related("services", "sites").order_by("-ended_at", "-id")[:limit])


def access_banner(user: User, banner_id: int) -> Banner:
    """Fetch a banner; 404 when there is none, or when this person may not know of its Case."""
    found = Banner.objects.select_related("case__merged_into", "case__agency")
    banner = found.prefetch_related("services", "sites").filter(pk=banner_id).first()
    if banner is None or not is_visible(user, banner.case):
        raise Http404
    return banner
