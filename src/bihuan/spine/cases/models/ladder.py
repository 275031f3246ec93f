"""The escalation ladder: its rungs, who was told when, what lies with the joint check, which office is silent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models.case import Case
from bihuan.spine.places.models import District


class Promised(models.TextChoices):
    """The four promises of a Case."""

    DISPATCH = "dispatch", _("dispatch")
    ACCEPT = "accept", _("accept")
    REPLY = "reply", _("first reply")
    RESOLVE = "resolve", _("resolve")


class Whom(models.TextChoices):
    OWNER = "owner", _("the officer who has it")
    DUTY = "duty", _("the person on duty")
    SUPERVISOR = "supervisor", _("the supervisor on duty")
    JOINT = "joint", _("the joint check")


class Rung(models.Model):
    """At which share of a promise's time whom to tell; shares that had passed before ``since`` are let lie."""

    percent = models.IntegerField(unique=True)
    whom = models.CharField(max_length=10, choices=Whom.choices)
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept("id", "percent", "whom", "is_active", "since")

    class Meta:
        ordering: ClassVar[list[str]] = ["percent"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="rung_percent", condition=Q(percent__gt=0, percent__lte=1000)),
        ]


class Climb(models.Model):
    """A rung that a Case has reached: of which promise, when, whom it meant, whom it reached, and who was told.

    ``whom`` is further up than ``meant`` where nobody was on duty; ``told`` holds the numbers of people, none
    where nobody was on duty up to the top.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="climbs")
    promise = models.CharField(max_length=8, choices=Promised.choices)
    percent = models.IntegerField()
    begins_at = models.DateTimeField()
    minutes = models.FloatField()
    due_at = models.DateTimeField()
    meant = models.CharField(max_length=10, choices=Whom.choices)
    whom = models.CharField(max_length=10, choices=Whom.choices)
    told = models.JSONField(default=list)
    at = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept(
        "id", "case", "promise", "percent", "begins_at", "minutes", "due_at", "meant", "whom", "told", "at"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A promise is known by its beginning and its length: a transfer or another priority makes it a new
            # one with rungs of its own, a pause only puts off those that are left.
            models.UniqueConstraint(
                fields=["case", "promise", "percent", "begins_at", "minutes"], name="climb_once"
            ),
        ]


class Fallback(models.Model):
    """Who owns what nobody else will: an agency for each district, and one, without a district, for the city."""

    district = models.OneToOneField(District, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")

    RETENTION: ClassVar[Retention] = kept("id", "district", "agency")

    class Meta:
        verbose_name = _("fallback owner")
        verbose_name_plural = _("fallback owners")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # A database lets any number of empty districts stand side by side.
            models.UniqueConstraint(Coalesce("district", 0), name="fallback_once"),
        ]

    def __str__(self) -> str:
        return f"{self.district or _('the whole city')}: {self.agency}"


class JointReason(models.TextChoices):
    LATE = "late", _("late beyond the last rung")
    RETURNED = "returned", _("returned twice")
    ASKED = "asked", _("somebody asked for it")


class JointCheck(models.Model):
    """A Case whose owner is disputed or who fails: the offices meet on it and one of them gets it for good."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="joint_checks")
    reason = models.CharField(max_length=10, choices=JointReason.choices)
    fallback = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_for = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")

    RETENTION: ClassVar[Retention] = kept(
        "id", "case", "reason", "fallback", "opened_at", "ended_at", "ended_by", "decided_for"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], name="joint_one_at_a_time", condition=Q(ended_at__isnull=True)
            ),
        ]


class Silence(models.Model):
    """A spell in which nobody was connected at an agency that had Cases due; ``told`` holds numbers of people."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="silences")
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    told = models.JSONField(default=list)

    RETENTION: ClassVar[Retention] = kept("id", "agency", "from_at", "ended_at", "told")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agency"], name="silence_one_at_a_time", condition=Q(ended_at__isnull=True)
            ),
        ]
