"""Calls, and who sits at which extension."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.private import mask_phone, unseal
from bihuan.kernel.retention import Erase, Retention, kept


class CallState(models.TextChoices):
    RINGING = "ringing", _("ringing")
    ANSWERED = "answered", _("answered")
    ENDED = "ended", _("ended")


class Call(models.Model):
    """One call by the exchange's own number for it. Without a telephone: withheld, or no number that can be called.

    ``receipt`` is of the ask that was taken down first; the same call makes no second one by accident.
    """

    call_id = models.CharField(max_length=64, unique=True)
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)
    extension = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=8, choices=CallState.choices, default=CallState.RINGING)
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=12, blank=True)

    AGED_FROM: ClassVar[str] = "rang_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "call_id", "extension", "state", "rang_at", "answered_at", "ended_at", "receipt"
    ) | {"phone_sealed": Erase(days=90), "phone_hash": Erase(days=90)}

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["rang_at"], name="call_running", condition=~Q(state="ended")),
            models.Index(fields=["phone_hash"], name="call_phone"),
        ]

    @property
    def phone(self) -> str:
        """The caller's number in E.164 form, in the clear; empty where it is withheld."""
        return unseal(self.phone_sealed)

    @property
    def masked(self) -> str:
        return mask_phone(self.phone)


class Extension(models.Model):
    """Who sits at an extension now: one person, at one extension at most."""

    number = models.CharField(max_length=16, primary_key=True)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="extension")

    RETENTION: ClassVar[Retention] = kept("number", "person")
