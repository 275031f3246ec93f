"""What happens on the road: the devices of the guards, their scans, the alarms that scans raise, and halted numbers.

A checkpoint is a Site of kind ``checkpoint``.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Erase, Retention, kept
from bihuan.lines.passes.kinds import AlarmKind, Direction, How, Outcome
from bihuan.spine.places.models import Site


class Device(models.Model):
    """A guard's telephone. Invited, it has a one-time word's hash; enrolled, a public key of its own.

    ``seen_at`` is when it last spoke, ``waiting`` how many scans it then still had to send.
    """

    name = models.CharField(max_length=60)
    site = models.ForeignKey(Site, models.PROTECT, related_name="devices")
    token_hash = models.BinaryField(null=True, unique=True)
    token_until = models.DateTimeField()
    alg = models.IntegerField(null=True)
    public = models.BinaryField(null=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    enrolled_at = models.DateTimeField(null=True)
    blocked_at = models.DateTimeField(null=True)
    blocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    seen_at = models.DateTimeField(null=True)
    waiting = models.IntegerField(default=0)

    RETENTION: ClassVar[Retention] = kept(
        "id", "name", "site", "token_hash", "token_until", "alg", "public", "invited_at", "invited_by",
        "enrolled_at", "blocked_at", "blocked_by", "seen_at", "waiting",
    )  # fmt: skip

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="pass_device_enrolled",
                condition=Q(enrolled_at=None, public=None, alg=None)
                | Q(enrolled_at__isnull=False, public__isnull=False, alg__isnull=False, token_hash=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """One look at a vehicle, as the device signed it; its id was made on the device, so it is taken in once.

    ``number`` and ``serial`` are empty where nothing believable was read. ``record`` is the very text that
    ``signature`` covers.
    """

    id = models.UUIDField(primary_key=True)
    device = models.ForeignKey(Device, models.PROTECT, related_name="scans", db_index=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="scans", db_index=False)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    number = models.CharField(max_length=12, blank=True)
    edition = models.IntegerField(default=0)
    serial = models.CharField(max_length=16, blank=True)
    plate = models.CharField(max_length=12, blank=True)
    how = models.CharField(max_length=6, choices=How.choices)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    light = models.CharField(max_length=6)
    reason = models.CharField(max_length=12)
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    list_at = models.DateTimeField(null=True)
    record = models.TextField(blank=True)
    signature = models.BinaryField(null=True)

    AGED_FROM: ClassVar[str] = "at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "device", "site", "at", "received_at", "number", "edition", "serial", "how", "direction", "light",
        "reason", "outcome", "list_at",
    ) | {
        "plate": Erase(days=365),
        "record": Erase(days=365),
        "signature": Erase(days=365),
    }  # fmt: skip

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["number", "at"], name="pass_scan_number", condition=~Q(number="")),
            models.Index(fields=["site", "at"], name="pass_scan_site"),
            models.Index(fields=["at"], name="pass_scan_at"),
        ]


class Alarm(models.Model):
    """Something that two scans of one pass, or one, say together; each is raised once."""

    kind = models.CharField(max_length=8, choices=AlarmKind.choices)
    number = models.CharField(max_length=12)
    before = models.ForeignKey(Scan, models.PROTECT, null=True, related_name="+", db_index=False)
    scan = models.ForeignKey(Scan, models.PROTECT, related_name="alarms", db_index=False)
    raised_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    RETENTION: ClassVar[Retention] = kept(
        "id", "kind", "number", "before", "scan", "raised_at", "closed_at", "closed_by"
    )

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["raised_at"], name="pass_alarm_open", condition=Q(closed_at=None)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["scan", "kind"], name="pass_alarm_once"),
            models.CheckConstraint(
                name="pass_alarm_closed",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]


class Halt(models.Model):
    """A number that counts no longer, or counts again (``reason`` empty): what the devices' list is made of.

    ``edition`` is that of the list in which it last changed, ``code_edition`` that of the pass's code at that time.
    Codes before ``from_edition`` count no more: it was copied, and restored with a new one.
    """

    number = models.CharField(max_length=12, primary_key=True)
    reason = models.CharField(max_length=9, blank=True)
    code_edition = models.IntegerField(default=1)
    from_edition = models.IntegerField(default=1)
    edition = models.IntegerField(db_index=True)

    RETENTION: ClassVar[Retention] = kept("number", "reason", "code_edition", "from_edition", "edition")


class HaltEdition(models.Model):
    """The one row that says which edition the list of halted numbers is at."""

    id = models.IntegerField(primary_key=True, default=1)
    edition = models.IntegerField(default=0)

    RETENTION: ClassVar[Retention] = kept("id", "edition")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="pass_halt_one_row", condition=Q(id=1, edition__gte=0)),
        ]
