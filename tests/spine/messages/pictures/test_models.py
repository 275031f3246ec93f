"""The table of pictures that wait."""

import pytest
from django.db import IntegrityError

from bihuan.kernel import clock
from bihuan.spine.messages.models import Picture

pytestmark = pytest.mark.django_db


def test_the_same_picture_waits_once() -> None:
    said = {"key": "k", "receipt": "1", "source_sealed": b"x", "due_at": clock.now()}
    Picture.objects.create(**said)
    with pytest.raises(IntegrityError):
        Picture.objects.create(**said)
