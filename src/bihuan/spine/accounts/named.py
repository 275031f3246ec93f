"""Things of the city that have a name in Chinese and in English."""

from django.db import models
from django.utils.translation import get_language

NAMED = ("name_zh", "name_en")


class Named(models.Model):
    """A row with two names; ``name`` is the one in the reader's language."""

    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


def in_language(zh: str, en: str) -> str:
    """Pick the text in the language in force; where one is missing the other serves."""
    if (get_language() or "").startswith("en"):
        return en or zh
    return zh or en
