"""Scans come in from a device: each once, whatever the network did, and the alarms they raise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.lines.passes.checkpoints.alarms import Look, judge
from bihuan.lines.passes.checkpoints.envelopes import Paper, Said, read_scan
from bihuan.lines.passes.checkpoints.tripping import step_trips
from bihuan.lines.passes.kinds import AlarmKind, Outcome
from bihuan.lines.passes.models import Alarm, Device, Pass, Scan
from bihuan.lines.passes.seal.reasons import Light
from bihuan.lines.passes.states import Status
from bihuan.spine.audit.actions import SYSTEM, draft, record_many


@dataclass
class Taken:
    """The ids that are safe here, new or not; and by place in the batch why a scan can't be taken."""

    ids: list[str] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def take_in_scans(*, device: Device, papers: Sequence[Paper], waiting: int = 0) -> Taken:
    """Write the scans that are not there yet, raise their alarms, take their trips on; answer what is safe here."""
    taken, rows = Taken(), list[Scan]()
    for place, paper in enumerate(papers):
        try:
            rows.append(_row(device, read_scan(device, paper), paper))
        except Refused as error:
            taken.refused[place] = error.code
    there = dict(Scan.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "device_id"))
    # An id that another device has already used is no scan of this one.
    own = [row for row in rows if there.get(row.pk, device.pk) == device.pk]
    fresh = [row for row in own if row.pk not in there]
    Scan.objects.bulk_create(fresh, ignore_conflicts=True)
    taken.ids = [str(row.pk) for row in own]
    raise_alarms(fresh)
    step_trips(fresh)
    Device.objects.filter(pk=device.pk).update(seen_at=clock.now(), waiting=waiting)
    if fresh:
        event = draft(by=SYSTEM, verb="scans_taken", subject=device, detail={"count": len(fresh)})
        record_many([event])
    return taken


def _row(device: Device, said: Said, paper: Paper) -> Scan:
    return Scan(
        id=said.id, device=device, site=device.site, at=said.at, received_at=clock.now(), number=said.number,
        edition=said.edition, serial=said.serial, plate=said.plate, how=said.how, direction=said.direction,
        light=said.light, reason=said.reason, outcome=said.outcome, list_at=said.list_at, record=paper.record,
        signature=paper.signature.encode(),
    )  # fmt: skip


def raise_alarms(fresh: Iterable[Scan]) -> None:
    """Look at each new scan with the one before and the one after it; what is wrong is raised once."""
    found: dict[tuple[object, str], Alarm] = {}
    for scan in sorted((one for one in fresh if one.number), key=lambda one: one.at):
        others = Scan.objects.filter(number=scan.number).exclude(pk=scan.pk).select_related("site")
        before = others.filter(at__lte=scan.at).order_by("-at").first()
        after = others.filter(at__gt=scan.at).order_by("at").first()
        for alarm in (_alarm(before, scan), _alarm(scan, after) if after else None, _halted(scan)):
            if alarm:
                found[alarm.scan_id, alarm.kind] = alarm
    Alarm.objects.bulk_create(found.values(), ignore_conflicts=True)


def _alarm(before: Scan | None, scan: Scan) -> Alarm | None:
    kind = judge(_look(before) if before else None, _look(scan))
    return _raised(kind, before, scan) if kind else None


def _raised(kind: AlarmKind, before: Scan | None, scan: Scan) -> Alarm:
    return Alarm(kind=kind, number=scan.number, before=before, scan=scan, raised_at=clock.now())


def _look(scan: Scan) -> Look:
    site = scan.site
    return Look(scan.at, (site.lon, site.lat), site.pk, scan.direction, scan.outcome, scan.reason)


def _halted(scan: Scan) -> Alarm | None:
    """A device with an old list lets through what was halted before."""
    if scan.outcome != Outcome.LET or scan.light == Light.REFUSE:
        return None
    when_halted = Q(halted_at__lt=scan.at, status__in=(Status.REVOKED, Status.SUSPENDED, Status.REPLACED))
    is_halted = Pass.objects.filter(when_halted, number=scan.number).exists()
    return _raised(AlarmKind.HALTED, None, scan) if is_halted else None
