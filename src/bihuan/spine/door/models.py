"""What came through the door, verbatim, and the photos that came with it or with an answer."""

import uuid
from typing import ClassVar

from django.db import models

from bihuan.kernel.retention import Erase, Retention, Scrub, kept


class Submission(models.Model):
    """What came in. Never edited: triage sets ``triaged_at`` once, retention takes personal data out."""

    client_id = models.CharField(max_length=64, unique=True)
    receipt = models.CharField(max_length=12, unique=True)
    channel = models.CharField(max_length=16)
    service = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    site = models.CharField(max_length=120, blank=True)
    name_sealed = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    door_sealed = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=8, blank=True)
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField(db_index=True)
    triaged_at = models.DateTimeField(null=True)

    AGED_FROM: ClassVar[str] = "received_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "client_id", "receipt", "channel", "service", "lon", "lat", "language", "digest",
        "received_at", "triaged_at",
    ) | {
        "text": Scrub(days=180),
        "site": Scrub(days=180),
        "answers": Scrub(days=180),
        "name_sealed": Erase(days=90),
        "phone_sealed": Erase(days=90),
        "door_sealed": Erase(days=90),
        "phone_hash": Erase(days=90),
    }  # fmt: skip

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["phone_hash"], name="submission_phone"),
            models.Index(
                fields=["id"], name="submission_untriaged", condition=models.Q(triaged_at__isnull=True)
            ),
        ]


class Photo(models.Model):
    """A picture, re-encoded without its EXIF, kept as a file under ``var/photos``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="photos")
    sha256 = models.CharField(max_length=64)
    width = models.IntegerField()
    height = models.IntegerField()
    bytes_count = models.IntegerField()
    path = models.CharField(max_length=120)
    created_at = models.DateTimeField()

    AGED_FROM: ClassVar[str] = "created_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "submission", "sha256", "width", "height", "bytes_count", "created_at"
    ) | {"path": Erase(days=180)}
