"""What can be asked for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.named import NAMED, Named, in_language
from bihuan.spine.cases.states import Priority


class Urgency(models.TextChoices):
    """The class of a Service: which of the field's standard times it has where nothing closer is agreed."""

    LIFE = "life", _("life, health, safety")
    SUPPLY = "supply", _("water, power, gas, heat, severe weather")
    GENERAL = "general", _("general")
    PLANNED = "planned", _("needs planning")


class Service(Named):
    """A kind of thing one can ask for. Its line describes it first; an administrator may edit it.

    ``questions``: list of {code, kind, zh, en, required, choices: [{key, zh, en}]}.
    ``needs``: list of text, place, phone, name. How soon what is promised stands in the service levels.
    """

    code = models.SlugField(max_length=40, unique=True)
    about_zh = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    group = models.CharField(max_length=20)
    icon = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    urgency = models.CharField(max_length=8, choices=Urgency.choices, default=Urgency.GENERAL)
    priority = models.CharField(max_length=8, choices=Priority.choices, default=Priority.NORMAL)
    questions = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    danger_words = models.JSONField(default=list)
    emergency_number = models.CharField(max_length=12, blank=True)
    is_anonymous = models.BooleanField(default=False)
    needs_proof = models.BooleanField(default=False)
    confirm_within_h = models.IntegerField(default=72)
    order = models.IntegerField(default=100)
    is_active = models.BooleanField(default=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "code", "about_zh", "about_en", "group", "icon", "agency", "urgency", "priority", "questions",
        "needs", "keywords", "danger_words", "emergency_number", "is_anonymous",
        "needs_proof", "confirm_within_h", "order", "is_active", *NAMED,
    )  # fmt: skip

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering: ClassVar[list[str]] = ["order", "code"]

    @property
    def about(self) -> str:
        return in_language(self.about_zh, self.about_en)
