"""Finding what is to go out: Cases that wait at a linked agency, and what happens to those that are there already."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from bihuan.kernel import clock
from bihuan.lines.abroad.composing import STATUS_OF
from bihuan.lines.abroad.models import LIVE, Handing, Link, Mapping, Saying
from bihuan.spine.audit.models import Leaf
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status

BATCH = 200


def gather() -> int:
    """Write down what is to go out; return how much was found. No server is asked here."""
    links = list(Link.objects.filter(is_active=True))
    return sum(_hand_over(link) + (_listen(link) if link.takes_updates else 0) for link in links)


def _hand_over(link: Link) -> int:
    """Write a Handing for each Case that waits at the agency with a service they have a code for."""
    known = Handing.objects.filter(link=link, case=OuterRef("pk"), handed_at=OuterRef("handed_at"))
    waiting = Case.objects.filter(
        agency_id=link.agency_id, is_open=True, status=Status.WAITING, handed_at__isnull=False,
        service__in=Mapping.objects.filter(link=link).values("service"),
    ).exclude(Exists(known))  # fmt: skip
    now = clock.now()
    found = [
        Handing(link=link, case_id=number, handed_at=handed_at or now, due_at=now, created_at=now)
        for number, handed_at in waiting.order_by("id").values_list("pk", "handed_at")[:BATCH]
    ]
    # Two workers that look at once write one.
    Handing.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


@transaction.atomic
def _listen(link: Link) -> int:
    """Read on in the sealed order; how far moves in the transaction that writes what is to be said."""
    here = Link.objects.select_for_update().get(pk=link.pk)
    leaves = Leaf.objects.filter(position__gt=here.position).order_by("position").select_related("event")
    found = list(leaves[:BATCH])
    if not found:
        return 0
    events = {leaf.event.pk: leaf.event for leaf in found if leaf.event.verb in STATUS_OF}
    theirs = Handing.objects.filter(
        link=link, state__in=LIVE, case__in={event.case_id for event in events.values()}
    )
    of_case = {handing.case_id: handing for handing in theirs.order_by("id")}
    now = clock.now()
    Saying.objects.bulk_create(
        [
            Saying(handing=of_case[event.case_id], event_id=event.pk, verb=event.verb, due_at=now)
            for event in events.values()
            if event.case_id in of_case and event.at >= of_case[event.case_id].created_at
        ],
        ignore_conflicts=True,
    )
    Link.objects.filter(pk=link.pk).update(position=found[-1].position)
    return len(found)
