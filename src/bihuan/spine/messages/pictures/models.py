"""Pictures that a carrier holds for us and that wait to be fetched."""

from typing import ClassVar

from django.db import models

from bihuan.kernel.retention import Retention, kept


class Picture(models.Model):
    """One picture to fetch for the Submission of a receipt; the row goes when the picture has come.

    ``source_sealed`` is a web address, or a carrier's name and its number for the picture. ``ended_at`` is set when it
    could not be had.
    """

    key = models.CharField(max_length=32, unique=True)
    receipt = models.CharField(max_length=12)
    source_sealed = models.BinaryField()
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField(db_index=True)
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    RETENTION: ClassVar[Retention] = kept(
        "id", "key", "receipt", "source_sealed", "attempts", "due_at", "claimed_until", "ended_at", "error",
        why="gone when the picture has come, or after two weeks",
    )  # fmt: skip
