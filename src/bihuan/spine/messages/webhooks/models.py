"""Where other systems want to hear, and what is on its way there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.accounts.models import Agency


class Endpoint(models.Model):
    """An address of another system. ``kinds`` empty: all. ``agency`` null: the Cases of every agency.

    The secret is sealed; for a while after it was changed the old one signs beside it. ``failing_since``: since when
    no delivery was taken. ``off_why`` is a code.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    url = models.CharField(max_length=300)
    about = models.CharField(max_length=120, blank=True)
    kinds = models.JSONField(default=list, blank=True)
    secret_sealed = models.BinaryField()
    old_secret_sealed = models.BinaryField(null=True)
    old_until = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)
    off_why = models.CharField(max_length=12, blank=True)
    failing_since = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    RETENTION: ClassVar[Retention] = kept(
        "id", "agency", "url", "about", "kinds", "secret_sealed", "old_secret_sealed", "old_until", "is_active",
        "off_why", "failing_since", "made_at", "made_by",
    )  # fmt: skip


class DeliveryStatus(models.TextChoices):
    WAITING = "waiting", _("on its way")
    SENT = "sent", _("taken")
    FAILED = "failed", _("given up")


class Delivery(models.Model):
    """One Event on its way to one endpoint. The body is what is signed, so it is kept as it was first written."""

    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    event_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    body = models.TextField()
    status = models.CharField(max_length=8, choices=DeliveryStatus.choices, default=DeliveryStatus.WAITING)
    attempts = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answered = models.IntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "endpoint", "event_id", "case_id", "kind", "body", "status", "attempts", "created_at", "due_at",
        "claimed_until", "ended_at", "answered", "error", why="ids and codes only; gone after a month",
    )  # fmt: skip

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="delivery_due", condition=models.Q(status="waiting")),
            models.Index(fields=["created_at"], name="delivery_created"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["endpoint", "event_id"], name="delivery_once"),
        ]

    @property
    def message_id(self) -> str:
        """The same at every try, so that the far end can tell."""
        return f"msg_{self.pk}"


class Feed(models.Model):
    """How far the sealed order of the audit has been read: one row."""

    position = models.BigIntegerField(default=0)

    RETENTION: ClassVar[Retention] = kept("id", "position")
