"""The outbox: words on their way out. The table is the queue; a worker claims rows by conditional update."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Erase, Retention, Scrub, kept


class MessageStatus(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")


class Message(models.Model):
    """One message to one person on one channel. ``about`` is a receipt or another public word, not a key.

    ``link_sealed`` is a link for the reader's eyes alone. It stands in the words only while they are handed over, so
    that nobody else who may read the outbox can follow it; what was sent keeps none.
    """

    channel = models.CharField(max_length=16)
    address_sealed = models.BinaryField(null=True)
    address_hash = models.BinaryField(null=True)
    link_sealed = models.BinaryField(null=True)
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    about = models.CharField(max_length=40, blank=True, db_index=True)
    case_id = models.BigIntegerField(null=True)
    status = models.CharField(max_length=8, choices=MessageStatus.choices, default=MessageStatus.WAITING)
    attempts = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    AGED_FROM: ClassVar[str] = "created_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "channel", "template", "language", "about", "case_id", "status", "attempts", "created_at",
        "due_at", "claimed_until", "ended_at", "error",
    ) | {
        "subject": Scrub(days=180),
        "body": Scrub(days=180),
        "address_sealed": Erase(days=90),
        "address_hash": Erase(days=90),
        "link_sealed": Erase(days=14),
    }  # fmt: skip

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["channel", "due_at"], name="message_way_due", condition=models.Q(status="waiting")
            ),
            models.Index(fields=["case_id"], name="message_case"),
            models.Index(fields=["id"], name="message_failed", condition=models.Q(status="failed")),
            models.Index(fields=["channel", "status", "id"], name="message_channel"),
        ]


class Reader(models.Model):
    """How far a member of staff has read what they were told: the number of the newest notice they have seen."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="reader"
    )
    read_to = models.BigIntegerField(default=0)

    RETENTION: ClassVar[Retention] = kept("person", "read_to")


# Django looks for a room's tables here.
from bihuan.spine.messages.calls.models import Call, CallState, Extension  # noqa: E402
from bihuan.spine.messages.channels.models import ChannelMark  # noqa: E402
from bihuan.spine.messages.conversations.models import Correspondent, Heard, Waiting  # noqa: E402
from bihuan.spine.messages.drills.models import Called, Contact, Drill, DrillMessage  # noqa: E402
from bihuan.spine.messages.pictures.models import Picture  # noqa: E402
from bihuan.spine.messages.webhooks.models import Delivery, Endpoint, Feed  # noqa: E402

__all__ = [
    "Call",
    "CallState",
    "Called",
    "ChannelMark",
    "Contact",
    "Correspondent",
    "Delivery",
    "Drill",
    "DrillMessage",
    "Endpoint",
    "Extension",
    "Feed",
    "Heard",
    "Message",
    "MessageStatus",
    "Picture",
    "Reader",
    "Waiting",
]
