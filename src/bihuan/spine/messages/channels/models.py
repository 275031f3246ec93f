"""When a channel last worked and last did not: one row for each channel and direction."""

from typing import ClassVar

from django.db import models

from bihuan.kernel.retention import Retention, kept


class ChannelMark(models.Model):
    """The last success and the last failure of a channel, ``direction`` being ``in`` or ``out``."""

    name = models.CharField(max_length=16)
    direction = models.CharField(max_length=3)
    worked_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    RETENTION: ClassVar[Retention] = kept("id", "name", "direction", "worked_at", "failed_at", "error")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "direction"], name="channel_mark_once"),
        ]
