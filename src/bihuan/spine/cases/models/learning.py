"""What was learnt from closed Cases: a linear model that suggests a service and an owner."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, kept


class Taught(models.TextChoices):
    SERVICE = "service", _("service")
    AGENCY = "agency", _("agency")


class Learnt(models.Model):
    """One trained model: plain arrays, never code, and how often it was right on Cases held back.

    ``case_count`` Cases it was trained on, ``held_back`` Cases it was tried on before: of those ``right_first``
    had the first suggestion right, ``right_in_three`` one of the first three, ``right_always`` are right when the
    commonest label is always said. ``by_label``: {code: {held, first, three}};
    ``confusions``: [{true, said, count}], the worst first.
    """

    what = models.CharField(max_length=8, choices=Taught.choices)
    trained_at = models.DateTimeField()
    case_count = models.IntegerField()
    held_back = models.IntegerField()
    right_first = models.IntegerField()
    right_in_three = models.IntegerField()
    right_always = models.IntegerField(default=0)
    by_label = models.JSONField(default=dict)
    confusions = models.JSONField(default=list)
    weights = models.BinaryField()

    RETENTION: ClassVar[Retention] = kept(
        "id", "what", "trained_at", "case_count", "held_back", "right_first", "right_in_three",
        "right_always", "by_label", "confusions", "weights",
        why="weights of short runs of characters that several askers wrote; no text of one Case",
    )  # fmt: skip

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["what", "-trained_at"], name="learnt_latest")
        ]
