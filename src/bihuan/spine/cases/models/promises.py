"""Service levels: how soon what is promised, by which calendar; kept in versions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.accounts.named import NAMED, Named
from bihuan.spine.cases.models.services import Service, Urgency
from bihuan.spine.cases.states import Priority
from bihuan.spine.places.models import ZoneState


class CalendarKind(models.TextChoices):
    ALWAYS = "always", _("round the clock")
    WEEKLY = "weekly", _("hours of the week")
    SHIFTS = "shifts", _("a shift table")


class Calendar(Named):
    """Which minutes count.

    ``hours`` of a weekly one: weekday ("0" Monday … "6" Sunday) -> [["08:30", "12:00"], …]; with
    ``follows_holidays`` Chinese public holidays are closed and make-up workdays have Monday's hours.
    ``hours`` of a shift table: {"from": date, "cycle": [[["08:00", "16:00"]], [], …]}, a list of spans for
    each day of a cycle that begins on that date. ``exceptions``: date -> spans, on any kind but the first.
    """

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=CalendarKind.choices)
    hours = models.JSONField(default=dict, blank=True)
    follows_holidays = models.BooleanField(default=False)
    exceptions = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "code", "kind", "hours", "follows_holidays", "exceptions", "changed_at", *NAMED
    )

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering: ClassVar[list[str]] = ["code"]


class AgreementStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    PAST = "past", _("past")


class Agreement(models.Model):
    """One version of all service levels. A draft is edited and previewed; put in force, it never changes again."""

    number = models.IntegerField(unique=True)
    status = models.CharField(max_length=8, choices=AgreementStatus.choices, default=AgreementStatus.DRAFT)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    in_force_from = models.DateTimeField(null=True)
    in_force_until = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "number", "status", "note", "made_by", "made_at", "in_force_from", "in_force_until"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["status"], name="agreement_one_in_force", condition=Q(status="in_force")
            ),
        ]


class Level(models.Model):
    """One line of an Agreement: for which Cases, and how many minutes of the calendar for each promise.

    Empty conditions match everything; the line with the lowest ``order`` that fits decides. ``from_min`` and
    ``until_min`` are minutes of the city's day (0-1440) in which the ask came in; a span may pass midnight.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="levels")
    order = models.IntegerField()
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    urgency = models.CharField(max_length=8, choices=Urgency.choices, blank=True)
    priority = models.CharField(max_length=8, choices=Priority.choices, blank=True)
    zone_state = models.CharField(max_length=10, choices=ZoneState.choices, blank=True)
    from_min = models.IntegerField(null=True, blank=True)
    until_min = models.IntegerField(null=True, blank=True)
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="levels")
    dispatch_min = models.IntegerField()
    accept_min = models.IntegerField()
    reply_min = models.IntegerField()
    resolve_min = models.IntegerField()

    RETENTION: ClassVar[Retention] = kept(
        "id", "agreement", "order", "service", "urgency", "priority", "zone_state", "from_min", "until_min",
        "calendar", "dispatch_min", "accept_min", "reply_min", "resolve_min",
    )  # fmt: skip

    class Meta:
        ordering: ClassVar[list[str]] = ["agreement", "order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "order"], name="level_order"),
            models.CheckConstraint(
                name="level_minutes_positive",
                condition=Q(dispatch_min__gt=0, accept_min__gt=0, reply_min__gt=0, resolve_min__gt=0),
            ),
        ]


class Recount(models.Model):
    """Clocks of open Cases counted anew, a batch at a time: a version was put in force, or a calendar was edited.

    ``reached`` is the last Case that has been counted and ``upto`` the last there was; it moves in the
    transaction that writes the Cases, so that a worker that dies leaves nothing out and does nothing twice.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="recounts")
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, related_name="recounts")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    reached = models.BigIntegerField(default=0)
    upto = models.BigIntegerField()
    changed_count = models.IntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "agreement", "calendar", "begun_by", "begun_at", "reached", "upto", "changed_count", "done_at"
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], name="recount_undone", condition=Q(done_at__isnull=True)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="recount_of_one",
                condition=Q(agreement__isnull=False, calendar__isnull=True)
                | Q(agreement__isnull=True, calendar__isnull=False),
            ),
        ]
