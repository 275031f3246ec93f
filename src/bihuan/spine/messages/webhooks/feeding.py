"""From the audit to deliveries: the sealed order is read once, and whoever wants an Event gets a row for it."""

import json
from collections.abc import Iterable

from django.db import transaction

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Agency
from bihuan.spine.audit.models import Event, Leaf
from bihuan.spine.audit.queries import newest_position
from bihuan.spine.messages.webhooks.kinds import VERBS
from bihuan.spine.messages.webhooks.models import Delivery, Endpoint, Feed

BATCH = 500


def feed(limit: int = BATCH) -> int:
    """Write the deliveries of the Events that were sealed since; return how many Events were looked at.

    How far it has come moves in the transaction that writes the deliveries: whoever dies, each is written once.
    """
    endpoints = list(Endpoint.objects.filter(is_active=True).select_related("agency"))
    if not endpoints:
        # Whoever comes later hears of what happens from then on.
        Feed.objects.all().delete()
        return 0
    with transaction.atomic():
        # Made where the feed stands still, so that a worker that comes second waits here and finds nothing left.
        now_at, _made = Feed.objects.select_for_update().get_or_create(
            pk=1, defaults={"position": newest_position()}
        )
        leaves = (
            Leaf.objects.filter(position__gt=now_at.position).select_related("event").order_by("position")
        )
        found = list(leaves[:limit])
        if found:
            wanted = _deliveries([leaf.event for leaf in found], endpoints)
            Delivery.objects.bulk_create(wanted, ignore_conflicts=True)
            Feed.objects.filter(pk=1).update(position=found[-1].position)
    return len(found)


def _deliveries(events: Iterable[Event], endpoints: list[Endpoint]) -> list[Delivery]:
    told = [event for event in events if event.case_id and event.verb in VERBS]
    agencies = Agency.objects.in_bulk({event.agency_id for event in told if event.agency_id})
    return [
        delivery_of(endpoint, kind_of(event), _data(event, agency), event)
        for event in told
        for agency in [agencies.get(event.agency_id or 0)]
        for endpoint in endpoints
        if _wants(endpoint, event, agency)
    ]


def kind_of(event: Event) -> str:
    """Return the kind of an Event."""
    return f"case.{event.verb}"


def _wants(endpoint: Endpoint, event: Event, agency: Agency | None) -> bool:
    if endpoint.kinds and kind_of(event) not in endpoint.kinds:
        return False
    if endpoint.agency is None:
        return True
    return agency is not None and agency.path.startswith(endpoint.agency.path)


def _data(event: Event, agency: Agency | None) -> dict[str, object]:
    """A thin payload: whoever wants more asks the API, where it is seen who reads what."""
    return {
        "case": event.case_id,
        "status": event.detail.get("status"),
        "agency": agency.code if agency else None,
        "event": event.pk,
    }


def delivery_of(
    endpoint: Endpoint, kind: str, data: dict[str, object], event: Event | None = None
) -> Delivery:
    """Make a delivery without writing it."""
    now = clock.now()
    at = event.at if event else now
    body = {"type": kind, "timestamp": at.isoformat().replace("+00:00", "Z"), "data": data}
    return Delivery(
        endpoint=endpoint, event_id=event.pk if event else None, case_id=event.case_id if event else None,
        kind=kind, body=json.dumps(body, ensure_ascii=False, separators=(",", ":")), created_at=now, due_at=now,
    )  # fmt: skip
