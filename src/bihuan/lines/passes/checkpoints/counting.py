"""What the scans tell: alarms, how many passed where and when, who came in and did not leave."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncHour

from bihuan.kernel import clock
from bihuan.lines.passes.kinds import Direction, Outcome
from bihuan.lines.passes.models import Alarm, Device, Pass, Scan
from bihuan.spine.places.models import Site, SiteKind

HOURS = 24
FORGOTTEN = timedelta(days=7)
"""After so long a vehicle that was not seen going out has left where nobody looked."""


def count_open_alarms() -> int:
    """Return how many alarms nobody has looked into: the tile on the board."""
    return Alarm.objects.filter(closed_at=None).count()


def list_open_alarms(limit: int = 50) -> list[Alarm]:
    """Return the open alarms, the newest first."""
    found = Alarm.objects.filter(closed_at=None).select_related("scan__site", "before__site", "scan__device")
    return list(found.order_by("-raised_at", "-pk")[:limit])


@dataclass
class Flow:
    """One checkpoint's last hours: scans by hour, oldest first, and how they ended."""

    site: Site
    hours: list[int] = field(default_factory=lambda: [0] * HOURS)
    ins: int = 0
    outs: int = 0
    turned: int = 0

    @property
    def total(self) -> int:
        return sum(self.hours)


def list_flows(now: datetime) -> list[Flow]:
    """Return the last 24 hours of each checkpoint, also where nothing came by."""
    sites = Site.objects.filter(kind=SiteKind.CHECKPOINT).order_by("code")
    flows = {site.pk: Flow(site) for site in sites}
    last = now.replace(minute=0, second=0, microsecond=0)
    for site, hour, direction, outcome, count in _by_hour(last - timedelta(hours=HOURS - 1)):
        back = round((last - hour).total_seconds() / 3600)
        if site in flows and 0 <= back < HOURS:
            _add(flows[site], HOURS - 1 - back, direction, outcome, count)
    return list(flows.values())


def _by_hour(since: datetime) -> Iterable[tuple[int, datetime, str, str, int]]:
    rows = Scan.objects.filter(at__gte=since).annotate(hour=TruncHour("at"))
    return rows.values_list("site", "hour", "direction", "outcome").annotate(Count("pk")).order_by()


def _add(flow: Flow, hour: int, direction: str, outcome: str, count: int) -> None:
    flow.hours[hour] += count
    if outcome == Outcome.TURNED:
        flow.turned += count
    elif direction == Direction.IN:
        flow.ins += count
    else:
        flow.outs += count


def list_inside(limit: int = 200) -> QuerySet[Scan]:
    """Return the entries without an exit, the longest ago first, each with ``valid_until`` of its pass."""
    let = Scan.objects.filter(outcome=Outcome.LET)
    later = let.filter(number=OuterRef("number"), at__gt=OuterRef("at"))
    until = Pass.objects.filter(number=OuterRef("number")).values("valid_until")[:1]
    entries = let.filter(~Q(number=""), direction=Direction.IN, at__gte=clock.now() - FORGOTTEN)
    inside = entries.filter(~Exists(later)).annotate(valid_until=Subquery(until))
    return inside.select_related("site").order_by("at")[:limit]


def list_devices() -> dict[Site, list[Device]]:
    """Return the devices of each checkpoint, the newest first."""
    found: dict[Site, list[Device]] = defaultdict(list)
    for device in Device.objects.select_related("site").order_by("site__code", "-invited_at"):
        found[device.site].append(device)
    return dict(found)
