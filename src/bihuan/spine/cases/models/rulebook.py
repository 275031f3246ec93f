"""The ordered rules that find an owner: editions of the rulebook, and a draft's trial on Cases that were."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.named import NAMED, Named
from bihuan.spine.cases.models.case import Case
from bihuan.spine.cases.models.services import Service
from bihuan.spine.cases.states import Priority
from bihuan.spine.places.models import District, Site, ZoneState


class EditionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_FORCE = "in_force", _("in force")
    PAST = "past", _("past")


class Edition(models.Model):
    """One version of the rulebook. At most one is in force and at most one is a draft.

    The rules of an edition that was ever in force never change. ``revision`` goes up with each change of a draft,
    so that a trial tells which wording it tried.
    """

    state = models.CharField(max_length=8, choices=EditionState.choices, default=EditionState.DRAFT)
    revision = models.IntegerField(default=0)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    switched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    switched_at = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "state", "revision", "based_on", "made_by", "made_at", "switched_by", "switched_at"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["state"], name="edition_one_of_each", condition=~Q(state="past")),
        ]


class Rule(Named):
    """One line of an edition: empty conditions match everything; the first rule that fits decides."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rules")
    number = models.IntegerField()
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="rules")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.JSONField(default=list, blank=True)
    zone_state = models.CharField(max_length=10, choices=ZoneState.choices, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="rules")
    priority = models.CharField(max_length=8, choices=Priority.choices, blank=True)
    is_active = models.BooleanField(default=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "edition", "number", "service", "district", "site", "words", "zone_state", "agency", "priority",
        "is_active", *NAMED,
    )  # fmt: skip

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "number"], name="rule_one_place"),
        ]


class Trial(models.Model):
    """A draft tried on the Cases of the last days against the edition in force; the worker goes on with it.

    ``reached`` is the asker up to which it has come. ``found`` holds counts by the numbers of rules::

        fired     {rule of the draft: Cases it decided}
        overlaps  {"3-7": Cases that rule 3 decided and rule 7 would have given to another agency}
        caught    {"rule" | "own" | "nobody": Cases}, ``caught_before`` the same of the edition in force
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="trials")
    revision = models.IntegerField()
    against = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    since = models.DateTimeField()
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)

    RETENTION: ClassVar[Retention] = kept(
        "id", "edition", "revision", "against", "asked_by", "asked_at", "since", "total", "done", "reached",
        "finished_at", "found",
    )  # fmt: skip


class TriedCase(models.Model):
    """A Case for which the draft decides otherwise than the edition in force."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="otherwise")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    agency_before = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    agency_after = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    rule_before = models.IntegerField(null=True)
    rule_after = models.IntegerField(null=True)
    priority_before = models.CharField(max_length=8, choices=Priority.choices)
    priority_after = models.CharField(max_length=8, choices=Priority.choices)

    RETENTION: ClassVar[Retention] = kept(
        "id", "trial", "case", "agency_before", "agency_after", "rule_before", "rule_after",
        "priority_before", "priority_after",
    )  # fmt: skip
