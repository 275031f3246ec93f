"""What was asked before the banner was up: Cases of the same fault, merged into its Case a few at a time."""

from typing import NamedTuple

from django.db.models import Q

from bihuan.kernel.errors import Refused
from bihuan.kernel.geo import cells_at
from bihuan.spine.accounts.models import User
from bihuan.spine.cases import actions
from bihuan.spine.cases.banners.area import Live, Spot, case_of
from bihuan.spine.cases.models import Banner, Case
from bihuan.spine.cases.queries.access import visible_cases
from bihuan.spine.cases.states import Priority, Status

AT_ONCE = 50
LOOKED_AT = 1_000
# What nobody is at work on yet.
UNTOUCHED = (Status.TRIAGE, Status.WAITING, Status.RETURNED)


class Gathered(NamedTuple):
    """How many were merged now, and how many are left."""

    merged: int
    left: int


def gather(*, banner: Banner, by: User, limit: int = AT_ONCE) -> Gathered:
    """Merge the untouched Cases under a banner into its Case, at most ``limit``; what can't be is left out.

    What sounds urgent is left to a person.
    """
    into = case_of(banner)
    found = list_under(banner, by)
    merged = sum(_merge(case, into, by) for case in found[:limit])
    return Gathered(merged, len(found) - merged)


def list_under(banner: Banner, user: User) -> list[Case]:
    """List the open Cases that would have been caught, the eldest first."""
    area = Live.of(banner)
    near = Q(site_id__in=area.sites) | Q(cell__in=cells_at(area.cells))
    open_ones = visible_cases(user).filter(near, status__in=UNTOUCHED, service_id__in=area.services)
    plain = open_ones.filter(priority=Priority.NORMAL).exclude(pk=case_of(banner).pk)
    found = plain.order_by("id")[:LOOKED_AT]
    return [case for case in found if area.fits(case.service_id, Spot(case.lon, case.lat, case.site_id))]


def _merge(case: Case, into: Case, by: User) -> bool:
    try:
        actions.merge(case=case, into=into, by=by)
    except Refused:
        return False
    return True
