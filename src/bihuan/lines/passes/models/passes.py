"""A pass from the application to its end, what was said about it, and the files that many come in by."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Erase, Retention, Scrub, kept
from bihuan.lines.passes.kinds import Applicant, Channel, Colour, Goods, Lane, Reason, Unit
from bihuan.lines.passes.states import LIVE, NUMBERED, OPEN, REVIEWED, Status
from bihuan.spine.accounts.models import Agency


class Bulk(models.Model):
    """One file of applications: how many rows were taken, and what is wrong with the others."""

    receipt = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)
    rows = models.IntegerField()
    taken = models.IntegerField()
    faults = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    AGED_FROM: ClassVar[str] = "at"
    RETENTION: ClassVar[Retention] = kept("id", "receipt", "rows", "taken", "at", "by", "name") | {
        "phone_sealed": Erase(days=90),
        "phone_hash": Erase(days=90),
        "faults": Scrub(days=90),
    }


class Pass(models.Model):
    """One vehicle's right to one route for a time, or the application for it.

    ``plate`` is that of the vehicle that drives itself: of an articulated lorry the tractor's. ``number`` (area
    code and serial) is given when it is issued; ``edition`` counts how often its code was made anew. ``due_at`` is
    when the promise ends, null while it waits for the applicant, who then leaves ``left_s`` seconds of it.
    ``halted_at`` is when it was last suspended, revoked or replaced.
    """

    client_id = models.CharField(max_length=64, unique=True)
    receipt = models.CharField(max_length=12, unique=True)
    number = models.CharField(max_length=12, null=True, unique=True)  # noqa: DJ001  # many have none yet
    edition = models.IntegerField(default=1)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.APPLIED)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.PORTAL)
    language = models.CharField(max_length=8, blank=True)

    applicant = models.CharField(max_length=8, choices=Applicant.choices)
    sender = models.CharField(max_length=120, blank=True)
    receiver = models.CharField(max_length=120, blank=True)
    carrier = models.CharField(max_length=120, blank=True)
    contact_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)

    plate = models.CharField(max_length=10)
    plate_colour = models.CharField(max_length=12, choices=Colour.choices)
    is_articulated = models.BooleanField(default=False)
    trailer_plate = models.CharField(max_length=10, blank=True)
    crew_sealed = models.BinaryField(null=True)
    crew_count = models.IntegerField(default=1)

    goods = models.CharField(max_length=8, choices=Goods.choices)
    goods_name = models.CharField(max_length=80)
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    unit = models.CharField(max_length=8, choices=Unit.choices)
    origin_code = models.CharField(max_length=6)
    origin_name = models.CharField(max_length=60)
    destination_code = models.CharField(max_length=6)
    destination_name = models.CharField(max_length=60)
    way_points = models.JSONField(default=list, blank=True)
    is_closed_loop = models.BooleanField(default=False)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    note = models.TextField(blank=True)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="passes", db_index=False)
    lane = models.CharField(max_length=1, choices=Lane.choices, default=Lane.ORDINARY)
    applied_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    left_s = models.IntegerField(null=True)
    asked_at = models.DateTimeField(null=True)
    dealt_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    dealt_until = models.DateTimeField(null=True)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    halted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaced_by", db_index=False
    )
    bulk = models.ForeignKey(Bulk, models.PROTECT, null=True, related_name="passes", db_index=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_synthetic = models.BooleanField(default=False)

    AGED_FROM: ClassVar[str] = "ended_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "client_id", "receipt", "number", "edition", "status", "channel", "language", "applicant",
        "sender", "receiver", "carrier", "is_articulated", "plate_colour", "crew_count", "goods", "goods_name",
        "quantity", "unit", "origin_code", "origin_name", "destination_code", "destination_name", "way_points",
        "is_closed_loop", "valid_from", "valid_until", "agency", "lane", "applied_at", "due_at", "left_s",
        "asked_at", "dealt_to", "dealt_until", "first_by", "issued_by", "decided_at", "halted_at", "ended_at",
        "reason", "replaces", "bulk", "entered_by", "is_synthetic",
    ) | {
        "contact_sealed": Erase(days=90),
        "phone_sealed": Erase(days=90),
        "phone_hash": Erase(days=90),
        "crew_sealed": Erase(days=90),
        "plate": Erase(days=365),
        "trailer_plate": Erase(days=365),
        "note": Scrub(days=180),
    }  # fmt: skip

    class Meta:
        verbose_name = _("pass")
        verbose_name_plural = _("passes")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "lane", "due_at", "id"], name="pass_queue"),
            models.Index(fields=["agency", "status", "lane", "due_at", "id"], name="pass_desk_queue"),
            models.Index(fields=["status", "valid_until"], name="pass_runs_out"),
            models.Index(fields=["plate", "status"], name="pass_plate"),
            models.Index(fields=["phone_hash"], name="pass_phone"),
            models.Index(fields=["applied_at"], name="pass_applied"),
            models.Index(fields=["decided_at"], name="pass_decided", condition=Q(decided_at__isnull=False)),
            models.Index(fields=["halted_at"], name="pass_halted", condition=Q(halted_at__isnull=False)),
            models.Index(fields=["bulk"], name="pass_bulk", condition=Q(bulk__isnull=False)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["plate", "plate_colour", "origin_code", "destination_code"],
                name="pass_one_live",
                condition=Q(status__in=LIVE),
            ),
            models.CheckConstraint(name="pass_forward", condition=Q(valid_until__gt=F("valid_from"))),
            models.CheckConstraint(
                name="pass_numbered",
                condition=Q(status__in=NUMBERED, number__isnull=False)
                | (~Q(status__in=NUMBERED) & Q(number__isnull=True)),
            ),
            models.CheckConstraint(
                name="pass_two_pairs_of_eyes",
                condition=Q(first_by=None) | Q(issued_by=None) | ~Q(first_by=F("issued_by")),
            ),
            models.CheckConstraint(
                name="pass_clock", condition=~Q(status__in=REVIEWED) | Q(due_at__isnull=False)
            ),
            models.CheckConstraint(
                name="pass_ended",
                condition=Q(status__in=LIVE, ended_at__isnull=True)
                | (~Q(status__in=LIVE) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="pass_amounts",
                condition=Q(quantity__gt=0, crew_count__gte=1, edition__gte=1),
            ),
        ]

    @property
    def firm(self) -> str:
        """Return the applicant's name."""
        return str(getattr(self, self.applicant))

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_express(self) -> bool:
        return self.lane == Lane.EXPRESS


class Remark(models.Model):
    """A question to the applicant, an answer, or the words of a decision. ``by`` null is the applicant."""

    about = models.ForeignKey(Pass, models.CASCADE, related_name="remarks")
    verb = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    AGED_FROM: ClassVar[str] = "at"
    RETENTION: ClassVar[Retention] = kept("id", "about", "verb", "by", "at") | {"text": Scrub(days=180)}
