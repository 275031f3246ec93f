"""After-action reports: a period that the worker counts bit by bit, for a page and a PDF."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept


class Report(models.Model):
    """One period that somebody asked to have counted, and how far it is.

    ``cursor`` is the place in the timeline up to which ``picture`` holds. ``seal_id`` and ``seal_hash`` name the
    newest seal of the audit when the count was done: whoever has the paper can tell whether the log was changed since.
    """

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    agencies = models.JSONField(default=list)
    services = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    total = models.IntegerField(default=0)
    counted = models.IntegerField(default=0)
    cursor = models.CharField(max_length=80, blank=True)
    picture = models.JSONField(default=dict)
    seal_id = models.BigIntegerField(null=True)
    seal_hash = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "asked_by", "asked_at", "from_at", "until_at", "agencies", "services", "kinds", "total", "counted",
        "cursor", "picture", "seal_id", "seal_hash", "done_at",
    )  # fmt: skip

    class Meta:
        verbose_name = _("after-action report")
        verbose_name_plural = _("after-action reports")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], name="report_to_count", condition=Q(done_at__isnull=True)),
        ]

    @property
    def percent(self) -> int:
        """How much of it is counted."""
        return 100 if self.done_at or not self.total else min(99, self.counted * 100 // self.total)
