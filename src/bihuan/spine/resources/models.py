"""Who can be sent, who is on duty when, and whose desk is open. Vehicles join them when a line needs them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.named import NAMED, Named


class Team(Named):
    """People of one agency who are sent together: a repair crew, a community's volunteers."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="teams", blank=True)
    is_active = models.BooleanField(default=True)

    RETENTION: ClassVar[Retention] = kept("id", "agency", "members", "is_active", *NAMED)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")


class Duty(models.TextChoices):
    OFFICER = "officer", _("on duty")
    SUPERVISOR = "supervisor", _("supervisor on duty")


class Shift(models.Model):
    """A person on duty for an agency from an instant until another: who is told when something is due."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="shifts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="shifts")
    duty = models.CharField(max_length=10, choices=Duty.choices, default=Duty.OFFICER)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept("id", "agency", "person", "duty", "from_at", "until_at")

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agency", "until_at"], name="shift_agency"),
            models.Index(fields=["person", "until_at"], name="shift_person"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="shift_forward", condition=models.Q(until_at__gt=models.F("from_at"))
            ),
        ]


class Presence(models.Model):
    """When a person's desk was last seen open, and in which language: what is sent to them is written in it."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="presence"
    )
    seen_at = models.DateTimeField(db_index=True)
    language = models.CharField(max_length=8, blank=True)

    RETENTION: ClassVar[Retention] = kept("person", "seen_at", "language")
