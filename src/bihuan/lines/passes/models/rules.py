"""What holds for a class of goods, what each day has left of its quota, which serial an area is at."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept
from bihuan.lines.passes.kinds import Goods
from bihuan.spine.accounts.models import Agency

PROMISE_MIN = 180
LARGEST_SERIAL = 999_999


class Desk(models.Model):
    """Who reviews a class of goods and by which rules. ``daily_quota``: null is no limit."""

    goods = models.CharField(max_length=8, choices=Goods.choices, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    is_express = models.BooleanField(default=False)
    promise_min = models.IntegerField(default=PROMISE_MIN)
    needs_second = models.BooleanField(default=False)
    needs_closed_loop = models.BooleanField(default=False)
    is_never_parted = models.BooleanField(default=True)
    daily_quota = models.IntegerField(null=True, blank=True)
    longest_h = models.IntegerField(default=72)
    stay_h = models.IntegerField(default=12)

    RETENTION: ClassVar[Retention] = kept(
        "id", "goods", "agency", "is_express", "promise_min", "needs_second", "needs_closed_loop",
        "is_never_parted", "daily_quota", "longest_h", "stay_h",
    )  # fmt: skip

    class Meta:
        verbose_name = _("desk for passes")
        verbose_name_plural = _("desks for passes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="pass_desk_numbers",
                condition=Q(promise_min__gte=1, longest_h__gte=1, stay_h__gte=1)
                & (Q(daily_quota__isnull=True) | Q(daily_quota__gte=0)),
            ),
        ]


class QuotaDay(models.Model):
    """How many passes of a class were issued on a day; never more than its quota."""

    goods = models.CharField(max_length=8, choices=Goods.choices)
    on = models.DateField()
    quota = models.IntegerField()
    issued = models.IntegerField(default=0)

    RETENTION: ClassVar[Retention] = kept("id", "goods", "on", "quota", "issued")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["goods", "on"], name="pass_quota_day"),
            models.CheckConstraint(
                name="pass_quota_kept", condition=Q(issued__gte=0, issued__lte=F("quota"))
            ),
        ]


class Serial(models.Model):
    """The last serial that was given in an area."""

    area = models.CharField(max_length=6, primary_key=True)
    last = models.IntegerField(default=0)

    RETENTION: ClassVar[Retention] = kept("area", "last")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="pass_serial_range", condition=Q(last__gte=0, last__lte=LARGEST_SERIAL)
            ),
        ]


class Pace(models.Model):
    """What the worker counted last of one desk's queue: how many wait, when they are due, how fast it goes."""

    agency = models.OneToOneField(Agency, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()
    waiting = models.IntegerField(default=0)
    overdue = models.IntegerField(default=0)
    reviewers = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)

    RETENTION: ClassVar[Retention] = kept("agency", "at", "waiting", "overdue", "reviewers", "counts")
