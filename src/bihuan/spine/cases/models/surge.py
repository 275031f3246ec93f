"""Surge: services shed for a while, answers that are written once, and what many deeds at once came to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.models.case import Case
from bihuan.spine.cases.models.services import Service


class Shedding(models.Model):
    """A service not taken for a while, and what the public is told instead; ``until_at`` may be left open."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="sheddings")
    words_zh = models.CharField(max_length=300)
    words_en = models.CharField(max_length=300, blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    RETENTION: ClassVar[Retention] = kept(
        "id", "service", "words_zh", "words_en", "from_at", "until_at", "ended_at", "made_by", "ended_by"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["service"], name="shedding_one_at_a_time", condition=Q(ended_at__isnull=True)
            ),
        ]

    @property
    def words(self) -> str:
        return in_language(self.words_zh, self.words_en)


class CannedAnswer(models.Model):
    """Words written once for what is asked often, for one service or for all; without an agency, everybody's."""

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="canned")
    title = models.CharField(max_length=60)
    text_zh = models.TextField()
    text_en = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "agency", "service", "title", "text_zh", "text_en", "is_active"
    )

    class Meta:
        verbose_name = _("canned answer")
        verbose_name_plural = _("canned answers")
        ordering: ClassVar[list[str]] = ["title", "id"]


class Answered(models.TextChoices):
    """What a deed on one Case of many came to."""

    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    FIRST = "first", _("somebody was first")


class BulkAnswer(models.Model):
    """What one deed of many came to. Written with the deed, so that the same request never does it twice."""

    key = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=40)
    outcome = models.CharField(max_length=8, choices=Answered.choices)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_index=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "key", "by", "case", "verb", "outcome", "words", "at", why="gone after a week"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["by", "key", "case"], name="bulk_answer_once"),
        ]
