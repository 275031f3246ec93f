"""Putting pictures to what they belong to."""

import pytest

from bihuan.spine.door.models import Photo
from bihuan.spine.door.photos import file_of
from bihuan.spine.messages.models import Picture
from bihuan.spine.messages.pictures import keeping
from tests.spine.cases.known import make_submission, make_world
from tests.spine.messages.pictures.drawn import picture

pytestmark = pytest.mark.django_db


def test_what_is_no_picture_is_left_out_and_no_more_than_five_are_taken() -> None:
    assert keeping.keep_all([b"%PDF-1.7", b""]) == []
    assert len(keeping.keep_all([picture()] * 7)) == keeping.MOST == Photo.objects.count()
    assert b"Maker" not in file_of(Photo.objects.all()[0]).read_bytes()


def test_a_picture_goes_to_one_submission_and_never_to_another() -> None:
    make_world()
    first, second = make_submission(), make_submission()
    kept = keeping.keep_all([picture()])
    keeping.put_to(first.receipt, kept)
    keeping.put_to(second.receipt, kept)
    assert Photo.objects.get().submission == first


def test_what_lies_elsewhere_waits_once_and_sealed() -> None:
    for _ in range(2):
        keeping.put_to("482109375526", ["wechat:media-7"])
    assert b"media-7" not in bytes(Picture.objects.get().source_sealed)
