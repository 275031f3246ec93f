"""What the asker says of a resolved Case, asked once and answered with one tap; and the rates counted from it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models.case import Asker, Case, Content
from bihuan.spine.cases.models.services import Service
from bihuan.spine.places.models import District


class Visit(models.Model):
    """One asking back: one asker of one Case asked, for one time that it was resolved, whether it is done.

    Of the token in the asker's link only the hash is kept; null where the asker reads the question on the receipt's
    own page.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="visits")
    asker = models.ForeignKey(Asker, models.PROTECT, related_name="visits")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    channel = models.CharField(max_length=16)
    # Null, not empty: there may be many without one, and only one of each other.
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001
    answered_at = models.DateTimeField(null=True)
    is_solved = models.BooleanField(null=True)
    content = models.CharField(max_length=4, choices=Content.choices, blank=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "case", "asker", "agency", "resolved_at", "asked_at", "channel", "token_hash", "answered_at",
        "is_solved", "content",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["asker", "resolved_at"], name="visit_once"),
            models.CheckConstraint(
                name="visit_answered_iff_said",
                condition=Q(answered_at__isnull=True, is_solved__isnull=True)
                | Q(answered_at__isnull=False, is_solved__isnull=False),
            ),
            models.CheckConstraint(
                name="visit_content_after_answer", condition=Q(content="") | Q(answered_at__isnull=False)
            ),
        ]


class RateWeek(models.Model):
    """When one week's rates were counted, and at which instant a promise passes that changes them by itself."""

    monday = models.DateField(primary_key=True)
    counted_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept("monday", "counted_at", "next_at")


class RateCell(models.Model):
    """The Cases of one week, agency, district and service, counted by the figures of ``closing.measures``.

    ``rule`` names the exclusion that keeps these Cases out of the rates; empty: they count.
    """

    week = models.ForeignKey(RateWeek, models.CASCADE, related_name="cells")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=16, blank=True)
    cases = models.IntegerField()
    dispatch_due = models.IntegerField()
    dispatch_kept = models.IntegerField()
    accept_due = models.IntegerField()
    accept_kept = models.IntegerField()
    reply_due = models.IntegerField()
    reply_kept = models.IntegerField()
    resolve_due = models.IntegerField()
    resolve_kept = models.IntegerField()
    answered = models.IntegerField()
    solved = models.IntegerField()
    rated = models.IntegerField()
    satisfied = models.IntegerField()
    returned = models.IntegerField()
    resolved = models.IntegerField()
    redone = models.IntegerField()

    RETENTION: ClassVar[Retention] = kept(
        "id", "week", "agency", "district", "service", "rule", "cases", "dispatch_due", "dispatch_kept",
        "accept_due", "accept_kept", "reply_due", "reply_kept", "resolve_due", "resolve_kept", "answered",
        "solved", "rated", "satisfied", "returned", "resolved", "redone",
    )  # fmt: skip
