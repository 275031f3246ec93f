"""Who did what to what, when: append-only Events, sealed in batches under signed Merkle roots."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept


class ActorKind(models.TextChoices):
    STAFF = "staff", _("staff")
    ASKER = "asker", _("asker")
    SYSTEM = "system", _("system")


class Event(models.Model):
    """One line of the audit. The database refuses to change or delete it. Holds no personal data."""

    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    RETENTION: ClassVar[Retention] = kept(
        "id", "at", "actor_kind", "actor", "verb", "subject_type", "subject_id", "case_id", "agency_id",
        "detail", why="append-only; ids and codes only, never personal data",
    )  # fmt: skip

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case_id", "id"], name="event_case"),
            # The log of readings: a few among millions. Written as the query writes it, else SQLite does not see
            # that the index fits.
            models.Index(fields=["id"], name="event_reading", condition=Q(verb="reveal") | Q(verb="export")),
        ]


class Seal(models.Model):
    """A signed Merkle root (RFC 6962) over the leaves of one batch, chained to the seal before it."""

    id = models.BigIntegerField(primary_key=True)
    first_position = models.BigIntegerField()
    leaf_count = models.IntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField(max_length=64)

    RETENTION: ClassVar[Retention] = kept(
        "id", "first_position", "leaf_count", "root", "previous", "sealed_at", "key_id", "signature"
    )


class Leaf(models.Model):
    """An Event's place in the sealed order. Event ids are not in the order of commits; positions are."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="leaf")
    digest = models.BinaryField(max_length=32)

    RETENTION: ClassVar[Retention] = kept("position", "event", "digest")
