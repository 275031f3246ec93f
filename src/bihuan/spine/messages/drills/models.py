"""Drills, the people who were called, the message to each on each channel, and where staff can be reached."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from bihuan.kernel.private import mask_phone, unseal
from bihuan.kernel.retention import Erase, Retention, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.messages.models import Message


class Contact(models.Model):
    """An address of a member of staff besides their e-mail: a telephone (E.164) or an account of a channel."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="contacts")
    address_sealed = models.BinaryField(null=True)
    address_hash = models.BinaryField(null=True)
    added_at = models.DateTimeField()

    AGED_FROM: ClassVar[str] = "person__last_login"
    RETENTION: ClassVar[Retention] = kept("id", "person", "added_at") | {
        "address_sealed": Erase(days=365),
        "address_hash": Erase(days=365),
    }

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "address_hash"], name="contact_once")
        ]

    @property
    def address(self) -> str:
        return unseal(self.address_sealed)

    @property
    def masked(self) -> str:
        kind, mark, _rest = self.address.rpartition(":")
        return f"{kind}{mark}{mask_phone(self.address)}"


class Drill(models.Model):
    """One drill. ``scope`` is the path of the agency whose duty list was called, ``/`` for the whole city.

    One at a time runs in a scope; ``until_at`` is when the window closes, ``closed_at`` when it did.
    """

    scope = models.CharField(max_length=400)
    channels = models.JSONField(default=list)
    window_min = models.IntegerField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    until_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "scope", "channels", "window_min", "started_by", "started_at", "until_at", "closed_at"
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["until_at"], name="drill_open", condition=Q(closed_at__isnull=True))
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["scope"], name="drill_one_at_a_time", condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(name="drill_forward", condition=Q(until_at__gt=F("started_at"))),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Called(models.Model):
    """Somebody who was on duty when a drill began, for which agency and duty; ``code`` is what they write back."""

    drill = models.ForeignKey(Drill, models.CASCADE, related_name="called")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    duty = models.CharField(max_length=10)
    code = models.CharField(max_length=6)
    answered_at = models.DateTimeField(null=True)
    answered_on = models.CharField(max_length=16, blank=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "drill", "person", "agency", "duty", "code", "answered_at", "answered_on"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["drill", "person"], name="called_once"),
            models.UniqueConstraint(fields=["drill", "code"], name="called_code"),
        ]


class DrillMessage(models.Model):
    """The message to one person on one channel. ``digest`` is of the token in its link; one answer counts."""

    called = models.ForeignKey(Called, models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=16)
    message = models.OneToOneField(Message, models.CASCADE, related_name="drill")
    address_hash = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    answered_at = models.DateTimeField(null=True)

    AGED_FROM: ClassVar[str] = "message__created_at"
    RETENTION: ClassVar[Retention] = kept("id", "called", "channel", "message", "digest", "answered_at") | {
        "address_hash": Erase(days=90)
    }

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["called", "channel"], name="drill_message_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["address_hash"], name="drill_message_address")
        ]
