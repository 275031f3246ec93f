"""A Case for a vehicle that is not out of the city by its deadline: by the one door, exactly once (ADR 0014)."""

import logging

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import keyed_hash
from bihuan.lines.passes import telling
from bihuan.lines.passes.models import Trip
from bihuan.lines.passes.states import UNDER_WAY
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.cases import changes
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.triage import triage_one
from bihuan.spine.door.models import Submission
from bihuan.spine.door.submit import submit

BATCH = 50
SERVICE = "trip_overdue"
LANGUAGE = "zh-hans"
log = logging.getLogger(__name__)


def step() -> int:
    """Raise a Case for each vehicle that is overdue; return how many. The worker's step."""
    late = Trip.objects.filter(status__in=UNDER_WAY, deadline_at__lte=clock.now(), case=None)
    done = 0
    with translation.override(LANGUAGE):
        for trip in late.select_related("about__agency").order_by("deadline_at")[:BATCH]:
            try:
                done += _raise(trip)
            except Refused as refused:
                log.error("No Case could be raised for trip %s: %s", trip.pk, refused.code)
    return done


def _raise(trip: Trip) -> bool:
    received = submit(_payload(trip))
    case = triage_one(Submission.objects.get(receipt=received.receipt))
    _mark(case)
    is_first = bool(Trip.objects.filter(pk=trip.pk, case=None).update(case=case))
    if is_first:
        record(
            by=SYSTEM, verb="trip_overdue", subject=trip, case_id=case.pk, agency_id=trip.about.agency_id,
            detail={"pass": trip.about_id},
        )  # fmt: skip
        telling.tell("pass_trip_late", trip.about)
    return is_first


def _payload(trip: Trip) -> dict[str, object]:
    assert trip.deadline_at
    words = _(
        "Vehicle %(plate)s came in by the closed loop and had to be out by %(time)s. Pass %(number)s."
    ) % {
        "plate": trip.about.plate,
        "time": f"{localtime(trip.deadline_at):%m-%d %H:%M}",
        "number": trip.about.number,
    }
    # Keyed: whoever sends a client id again is told the receipt, and numbers of trips could be guessed.
    client_id = f"trip-{keyed_hash(f'overdue:{trip.pk}').hex()}"
    return {
        "client_id": client_id, "channel": "system", "service": SERVICE, "text": words, "language": LANGUAGE,
    }  # fmt: skip


def _mark(case: Case) -> None:
    only_if = {"is_self_raised": False, "status": case.status}
    changes.write(case, "self_raised", SYSTEM, only_if=only_if, is_self_raised=True)
