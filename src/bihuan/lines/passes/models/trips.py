"""A trip by the closed loop: in by a gate, to a transfer point, out again in time; each step is looked at."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Erase, Retention, kept
from bihuan.lines.passes.models.passes import Pass
from bihuan.lines.passes.states import GOING_ON, UNDER_WAY, Step, TripStatus
from bihuan.spine.cases.models import Case
from bihuan.spine.places.models import Site


class Trip(models.Model):
    """One coming-in of a vehicle. ``deadline_at`` is when it must be out; ``case`` was raised when it was not."""

    about = models.ForeignKey(Pass, models.PROTECT, related_name="trips")
    status = models.CharField(max_length=9, choices=TripStatus.choices, default=TripStatus.NOTICED)
    gate = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+", db_index=False)
    point = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+", db_index=False)
    exit_gate = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+", db_index=False)
    is_handover = models.BooleanField(default=False)
    is_never_parted = models.BooleanField(default=True)
    seal_number = models.CharField(max_length=40, blank=True)
    crew_in = models.IntegerField(null=True)
    expected_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    in_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField(null=True)
    out_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_parted = models.BooleanField(default=False)
    is_seal_broken = models.BooleanField(default=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", db_index=False)

    RETENTION: ClassVar[Retention] = kept(
        "id", "about", "status", "gate", "point", "exit_gate", "is_handover", "is_never_parted",
        "seal_number", "crew_in", "expected_at", "noticed_at", "in_at", "deadline_at", "out_at", "ended_at",
        "is_parted", "is_seal_broken", "case",
    )  # fmt: skip

    class Meta:
        verbose_name = _("trip")
        verbose_name_plural = _("trips")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "deadline_at"], name="pass_trip_due"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["about"], name="pass_one_trip", condition=Q(status__in=GOING_ON)),
            models.CheckConstraint(
                name="pass_trip_deadline",
                condition=~Q(status__in=UNDER_WAY) | Q(in_at__isnull=False, deadline_at__isnull=False),
            ),
        ]


class TripStep(models.Model):
    """One look at a trip: where, when, by whom or which device, what was counted and read."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=8, choices=Step.choices)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    device = models.CharField(max_length=64, blank=True)
    crew = models.IntegerField(null=True)
    seal_number = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    note_sealed = models.BinaryField(null=True)

    AGED_FROM: ClassVar[str] = "at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "trip", "step", "site", "by", "device", "crew", "seal_number", "at"
    ) | {"note_sealed": Erase(days=90)}

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["trip", "step"], name="pass_step_once"),
        ]
