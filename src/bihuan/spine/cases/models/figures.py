"""What the worker counts and keeps for reading, and who guessed wrongly at a receipt."""

from typing import ClassVar

from django.db import models

from bihuan.kernel.retention import Retention, kept
from bihuan.spine.door.models import Submission


class Figures(models.Model):
    """The latest figures of one board, counted by the worker every few seconds, so that reading is cheap."""

    name = models.SlugField(max_length=40, primary_key=True)
    counted_at = models.DateTimeField()
    values = models.JSONField()

    RETENTION: ClassVar[Retention] = kept("name", "counted_at", "values")


class Guess(models.Model):
    """Wrong last digits given for a receipt: how many since when, so that nobody can try them all."""

    submission = models.OneToOneField(Submission, models.PROTECT, primary_key=True, related_name="guess")
    count = models.IntegerField()
    since = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept("submission", "count", "since")


class Guesser(models.Model):
    """An address, as a keyed hash, from which receipts or digits were wrong: how many since when."""

    key = models.CharField(max_length=32, primary_key=True)
    count = models.IntegerField()
    since = models.DateTimeField(db_index=True)

    RETENTION: ClassVar[Retention] = kept("key", "count", "since", why="gone after a quarter of an hour")
