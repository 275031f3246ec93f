"""People in care, what they have left, the checks on them, and the Cases that were raised for them."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Erase, Retention, kept
from bihuan.lines.protection import due
from bihuan.lines.protection.kinds import (
    GRAVE,
    NEEDS_POWER,
    Consent,
    Found,
    Kind,
    Leaving,
    Reason,
    Status,
    SupplyKind,
    unpack,
)
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Case
from bihuan.spine.places.models import Site

MOST_HOURS = 24 * 14


class Person(models.Model):
    """Somebody whom a closed door endangers.

    ``agency`` looks after them. ``same_hash`` is of name, site and door: one person is listed once. ``next_check_at``
    is when a check is due, ``alarm_at`` when it counts as missed; null once a Case was raised for it.
    """

    kinds = models.CharField(max_length=120)
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)
    door_sealed = models.BinaryField(null=True)
    note_sealed = models.BinaryField(null=True)
    kin_name_sealed = models.BinaryField(null=True)
    kin_phone_sealed = models.BinaryField(null=True)
    same_hash = models.BinaryField(null=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="people_in_care")
    building = models.CharField(max_length=20, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="people_in_care", db_index=False)
    consent = models.CharField(max_length=8, choices=Consent.choices)

    every_h = models.IntegerField(
        default=24, validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)]
    )
    from_h = models.IntegerField(default=8, validators=[MinValueValidator(0), MaxValueValidator(23)])
    until_h = models.IntegerField(default=20, validators=[MinValueValidator(1), MaxValueValidator(24)])
    grace_min = models.IntegerField(default=60, validators=[MinValueValidator(0), MaxValueValidator(1440)])
    dialysis_days = models.CharField(max_length=7, blank=True)
    dialysis_h = models.IntegerField(default=8, validators=[MinValueValidator(0), MaxValueValidator(23)])
    birth_due_on = models.DateField(null=True, blank=True)

    status = models.CharField(max_length=6, choices=Status.choices, default=Status.LISTED)
    next_check_at = models.DateTimeField(null=True)
    alarm_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    last_found = models.CharField(max_length=10, choices=Found.choices, blank=True)
    last_check_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField(null=True)
    leaving = models.CharField(max_length=10, choices=Leaving.choices, blank=True)
    is_synthetic = models.BooleanField(default=False)

    AGED_FROM: ClassVar[str] = "left_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "site", "agency", "consent", "every_h", "from_h", "until_h", "grace_min", "status",
        "next_check_at", "alarm_at", "last_seen_at", "last_found", "last_check_at", "added_at", "added_by",
        "left_at", "leaving", "is_synthetic", "dialysis_h",
    ) | {
        name: Erase(days=90)
        for name in (
            "kinds", "name_sealed", "phone_sealed", "phone_hash", "door_sealed", "note_sealed",
            "kin_name_sealed", "kin_phone_sealed", "same_hash", "building", "dialysis_days", "birth_due_on",
        )
    }  # fmt: skip

    class Meta:
        verbose_name = _("person in care")
        verbose_name_plural = _("people in care")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agency", "status", "next_check_at", "id"], name="care_today"),
            models.Index(fields=["alarm_at"], name="care_alarm", condition=Q(alarm_at__isnull=False)),
            models.Index(fields=["phone_hash"], name="care_phone"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["same_hash"], name="care_once", condition=Q(status="listed")),
            models.CheckConstraint(
                name="care_hours", condition=Q(from_h__gte=0, from_h__lt=F("until_h"), until_h__lte=24)
            ),
            models.CheckConstraint(name="care_every", condition=Q(every_h__gte=1)),
            models.CheckConstraint(
                name="care_left_iff_left",
                condition=Q(
                    status="left", left_at__isnull=False, next_check_at__isnull=True, alarm_at__isnull=True
                )
                | Q(status="listed", left_at__isnull=True, next_check_at__isnull=False),
            ),
        ]

    @property
    def kind_list(self) -> list[Kind]:
        return unpack(self.kinds)

    @property
    def is_grave(self) -> bool:
        return any(kind in GRAVE for kind in self.kind_list)

    @property
    def needs_power(self) -> bool:
        return any(kind in NEEDS_POWER for kind in self.kind_list)

    @property
    def is_listed(self) -> bool:
        return self.status == Status.LISTED

    @property
    def rota(self) -> due.Rota:
        return due.Rota(self.every_h, self.from_h, self.until_h, self.grace_min, get_default_timezone())

    @property
    def weekdays(self) -> frozenset[int]:
        return frozenset(int(day) for day in self.dialysis_days)


class Supply(models.Model):
    """Something a person has left and uses each day. ``warned_days``: the last warning was so many days ahead."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="supplies")
    kind = models.CharField(max_length=8, choices=SupplyKind.choices)
    label_sealed = models.BinaryField(null=True)
    amount = models.FloatField()
    daily_use = models.FloatField()
    counted_at = models.DateTimeField()
    runs_out_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    warned_days = models.IntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    AGED_FROM: ClassVar[str] = "person__left_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "person", "kind", "amount", "daily_use", "counted_at", "runs_out_at", "warn_at", "warned_days",
        "ended_at",
    ) | {"label_sealed": Erase(days=90)}  # fmt: skip

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["warn_at"], name="care_warn", condition=Q(warn_at__isnull=False)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="care_supply_amounts", condition=Q(amount__gte=0, daily_use__gte=0)),
        ]

    def left(self, now: datetime) -> float:
        return due.left(self.amount, self.daily_use, self.counted_at, now)


class Check(models.Model):
    """One look at one person: who, when, what was found, and which moment of the rota it answers."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="checks", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    found = models.CharField(max_length=10, choices=Found.choices)
    note_sealed = models.BinaryField(null=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    AGED_FROM: ClassVar[str] = "at"
    RETENTION: ClassVar[Retention] = kept("id", "person", "by", "agency", "at", "due_at", "found", "case") | {
        "note_sealed": Erase(days=90)
    }

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-at"], name="care_check_person"),
            models.Index(fields=["at", "agency", "found"], name="care_check_day"),
        ]


class Alarm(models.Model):
    """A Case that was raised by itself; ``slot`` names the missed moment or the warning, so it happens once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="alarms")
    supply = models.ForeignKey(Supply, models.CASCADE, null=True, related_name="alarms")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    slot = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept("id", "person", "supply", "reason", "slot", "case", "at")
