"""The closed loop as an object: announced, in by a gate, at the transfer point, out again before the deadline."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.lines.passes import desks
from bihuan.lines.passes.models import Pass, Trip, TripStep
from bihuan.lines.passes.moves import is_in_hand
from bihuan.lines.passes.queries import valid_on
from bihuan.lines.passes.states import STEPS, Step, TripStatus
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import Actor, record
from bihuan.spine.places.models import Site

LONGEST_SEAL = 40
MOST_CREW = 9
AHEAD = timedelta(days=7)


@transaction.atomic
def announce(
    *,
    pass_: Pass,
    expected_at: datetime,
    by: User | Actor,
    gate: Site | None = None,
    point: Site | None = None,
) -> Trip:
    """Announce a coming-in by the closed loop; refuses a pass that is not for it, and a second trip at a time."""
    check_own(pass_, by)
    now = clock.now()
    if not pass_.is_closed_loop or not pass_.is_live:
        raise Refused(_("This pass is not for the closed loop."), code="not_closed_loop")
    if not now - timedelta(hours=1) <= expected_at <= now + AHEAD:
        raise Refused(_("At most seven days ahead."), code="ahead", field="expected_at")
    desk = desks.desk_of(pass_.goods)
    trip = Trip(
        about=pass_, expected_at=expected_at, noticed_at=now, gate=gate, point=point,
        is_handover=point is not None, is_never_parted=desk.is_never_parted,
    )  # fmt: skip
    try:
        with transaction.atomic():
            trip.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This vehicle has a trip that is not over."), code="trip") from None
    TripStep.objects.create(trip=trip, step=Step.NOTICED, at=now, by=by if isinstance(by, User) else None)
    _record(trip, "trip_noticed", by)
    return trip


@transaction.atomic
def take_step(
    *, trip: Trip, step: str, by: User | Actor, site: Site | None = None, crew: int | None = None,
    seal_number: str = "", device: str = "", at: datetime | None = None,
) -> Trip:  # fmt: skip
    """Take down one look at a trip; what does not fit (a broken seal, people who left the lorry) is marked on it.

    ``at`` is when the look was, where it was kept on a device without network.
    """
    check_own(trip.about, by)
    if step not in STEPS:
        raise Refused(_("There is no such step."), code="step", field="step")
    _check_seen(crew, seal_number)
    seen_at = min(at or clock.now(), clock.now())
    fresh = Trip.objects.select_related("about").get(pk=trip.pk)
    fields = _fields_of(fresh, Step(step), site, crew, seal_number.strip(), seen_at)
    sources, _target = STEPS[Step(step)]
    if not Trip.objects.filter(pk=trip.pk, status__in=sources).update(**fields):
        now = Trip.objects.get(pk=trip.pk)
        raise Conflict(
            _("This trip is “%(status)s”.") % {"status": now.get_status_display()}, code=now.status
        )
    TripStep.objects.create(
        trip=trip, step=step, site=site, by=by if isinstance(by, User) else None, device=device[:64], crew=crew,
        seal_number=seal_number.strip(), at=seen_at,
    )  # fmt: skip
    _record(trip, f"trip_{step}", by)
    return Trip.objects.select_related("about").get(pk=trip.pk)


def _check_seen(crew: int | None, seal_number: str) -> None:
    if crew is not None and not 0 <= crew <= MOST_CREW:
        raise Refused(_("How many people are in the vehicle?"), code="crew", field="crew")
    if len(seal_number) > LONGEST_SEAL or "\x00" in seal_number:
        raise Refused(_("At most forty signs."), code="long", field="seal_number")


def _fields_of(
    trip: Trip, step: Step, site: Site | None, crew: int | None, seal: str, at: datetime
) -> dict[str, Any]:
    fields: dict[str, Any] = {"status": STEPS[step][1]}
    if step == Step.GATE:
        return fields | _coming_in(trip, site, crew, seal, at)
    if trip.is_never_parted and crew is not None and trip.crew_in is not None and crew != trip.crew_in:
        fields["is_parted"] = True
    if step == Step.HANDED:
        fields["seal_number"] = seal  # the old one was opened there on purpose
    elif trip.seal_number and seal and seal != trip.seal_number:
        fields["is_seal_broken"] = True
    if step == Step.OUT:
        fields |= {"out_at": at, "ended_at": at, "exit_gate": site}
    return fields


def _coming_in(trip: Trip, site: Site | None, crew: int | None, seal: str, at: datetime) -> dict[str, Any]:
    if not valid_on(trip.about):
        raise Refused(_("The pass is not valid at this moment."), code="invalid")
    stay = timedelta(hours=desks.desk_of(trip.about.goods).stay_h)
    return {
        "gate": site or trip.gate, "crew_in": crew, "seal_number": seal, "in_at": at,
        "deadline_at": min(at + stay, trip.about.valid_until),
    }  # fmt: skip


@transaction.atomic
def cancel(*, trip: Trip, by: User | Actor) -> Trip:
    """Cancel a trip that was announced and did not come."""
    check_own(trip.about, by)
    waiting = Trip.objects.filter(pk=trip.pk, status=TripStatus.NOTICED)
    if not waiting.update(status=TripStatus.CANCELLED, ended_at=clock.now()):
        raise Conflict(_("This trip is under way or over."), code="trip")
    _record(trip, "trip_cancelled", by)
    return Trip.objects.select_related("about").get(pk=trip.pk)


def check_own(pass_: Pass, by: User | Actor) -> None:
    """Refuse staff whose desk this pass does not lie at; the applicant, the system and devices are let through."""
    if isinstance(by, Actor):
        return
    if not by.may(Permission.PASSES) or not is_in_hand(by, pass_):
        raise Forbidden(_("Your role does not allow this."))


def _record(trip: Trip, verb: str, by: User | Actor) -> None:
    record(by=by, verb=verb, subject=trip, agency_id=trip.about.agency_id, detail={"pass": trip.about_id})
