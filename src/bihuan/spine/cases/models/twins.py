"""Twins: pairs that may be one, merges that can be undone, and banners over an area."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, Scrub, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.models.case import Asker, Case
from bihuan.spine.cases.models.services import Service
from bihuan.spine.places.models import Site


class Judgement(models.TextChoices):
    OPEN = "open", _("to be judged")
    SAME = "same", _("the same")
    OTHER = "other", _("not the same")
    GONE = "gone", _("one of them has ended")


class Pair(models.Model):
    """Two Cases that may be the same, the older first; precomputed, judged by a person once.

    ``signs`` are codes and numbers that the page puts into words. While somebody looks at a pair it is
    theirs until ``claimed_until``; one that was passed over rests until then, in nobody's hands.
    """

    older = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    newer = models.ForeignKey(Case, models.CASCADE, related_name="+")
    signs = models.JSONField(default=list)
    strength = models.FloatField()
    verdict = models.CharField(max_length=6, choices=Judgement.choices, default=Judgement.OPEN)
    found_at = models.DateTimeField()
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "older", "newer", "signs", "strength", "verdict", "found_at", "judged_by", "judged_at",
        "claimed_by", "claimed_until",
    )  # fmt: skip

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-strength", "id"], name="pair_open", condition=Q(verdict="open")),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["older", "newer"], name="pair_once"),
            models.CheckConstraint(name="pair_in_order", condition=Q(older__lt=F("newer"))),
        ]


class Merge(models.Model):
    """One merge, with everything that taking it back has to restore (ids, codes and instants only)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Case, models.PROTECT, related_name="merges_in")
    before = models.JSONField()
    askers = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    RETENTION: ClassVar[Retention] = kept(
        "id", "case", "into", "before", "askers", "at", "by", "undone_at", "undone_by"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], name="merge_one_stands", condition=Q(undone_at__isnull=True)
            ),
        ]


class Banner(models.Model):
    """A known fault over an area: said to whoever is about to ask, and later asks join its one Case.

    ``cells`` are H3 cells of several sizes, as few as cover the area.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="banners")
    services = models.ManyToManyField(Service, related_name="+")
    sites = models.ManyToManyField(Site, related_name="+", blank=True)
    cells = models.JSONField(default=list)
    words_zh = models.CharField(max_length=200)
    words_en = models.CharField(max_length=200, blank=True)
    expected_at = models.DateTimeField(null=True)
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    caught_count = models.IntegerField(default=0)

    RETENTION: ClassVar[Retention] = kept(
        "id", "case", "services", "sites", "cells", "words_zh", "words_en", "expected_at", "from_at",
        "ended_at", "made_by", "ended_by", "caught_count",
    )  # fmt: skip

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["from_at"], name="banner_live", condition=Q(ended_at__isnull=True)),
        ]

    @property
    def words(self) -> str:
        return in_language(self.words_zh, self.words_en)


class Caught(models.Model):
    """An asker whose ask a Banner took in, so that it has no Case of its own."""

    banner = models.ForeignKey(Banner, models.PROTECT, related_name="caught")
    asker = models.OneToOneField(Asker, models.PROTECT, related_name="caught")
    at = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept("id", "banner", "asker", "at")


class Telling(models.Model):
    """One word to very many askers of a Case, written to the outbox a batch at a time.

    ``after`` is the last Asker that has been told and ``upto`` the last that is to be; it moves in the
    transaction that writes the messages, so that each is told once whatever dies. ``only``: these Askers
    and no others. ``agency`` is the one that had the Case, and that the words are about.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    template = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    only = models.JSONField(default=list)
    after = models.BigIntegerField(default=0)
    upto = models.BigIntegerField()
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    AGED_FROM: ClassVar[str] = "begun_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "case", "agency", "template", "only", "after", "upto", "begun_at", "done_at"
    ) | {"words": Scrub(days=180)}

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], name="telling_undone", condition=Q(done_at__isnull=True)),
        ]

    def as_case(self) -> Case:
        """Return the Case as it was when the telling began, as far as the words go."""
        self.case.agency = self.agency
        return self.case
