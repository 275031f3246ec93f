"""Addresses that are no telephones, messages that were heard, words that wait for a choice."""

from typing import ClassVar

from django.db import models

from bihuan.kernel.retention import Erase, Retention, kept


class Correspondent(models.Model):
    """From which address an ask came, where that is no telephone, so that answers go back there."""

    receipt = models.CharField(max_length=12, unique=True)
    channel = models.CharField(max_length=16)
    address_sealed = models.BinaryField(null=True)
    address_hash = models.BinaryField(null=True)
    at = models.DateTimeField()

    AGED_FROM: ClassVar[str] = "at"
    RETENTION: ClassVar[Retention] = kept("id", "receipt", "channel", "at") | {
        "address_sealed": Erase(days=90),
        "address_hash": Erase(days=90),
    }

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["address_hash"], name="correspondent_address")
        ]


class Heard(models.Model):
    """A message by its own number, and what was answered: carriers send again what they think was lost.

    Written in the transaction of what the message did. ``is_answered`` where the answer goes out as a message of ours.
    """

    key = models.CharField(max_length=80, unique=True)
    reply = models.TextField(blank=True)
    is_answered = models.BooleanField(default=False)
    at = models.DateTimeField(db_index=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "key", "reply", "is_answered", "at", why="gone after two days"
    )


class Waiting(models.Model):
    """Words of somebody with several open Cases, until that person says which of them they are about."""

    address_hash = models.BinaryField(unique=True)
    words_sealed = models.BinaryField()
    receipts = models.JSONField(default=list)
    at = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept(
        "id", "address_hash", "words_sealed", "receipts", "at", why="gone with the choice, or after two days"
    )
