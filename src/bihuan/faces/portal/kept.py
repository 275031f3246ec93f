"""A photo that came with a form which has to come back: a browser can't put a file back into a form."""

from typing import BinaryIO

from django.core import signing

from bihuan.spine.door.models import Photo
from bihuan.spine.door.photos import file_of, keep_photo, remove_file

SALT = "portal.kept-photo"
KEPT_S = 24 * 3600


def keep(upload: BinaryIO) -> str:
    """Keep a picture; return the word by which this form, and no other, finds it again.

    Raises
    ------
    Refused
        when it is no picture.
    """
    return signing.dumps(str(keep_photo(upload).pk), salt=SALT)


def kept_photo(word: str) -> Photo | None:
    """Fetch the picture that was kept under a word; None when the word is not ours, or a day old."""
    try:
        number = signing.loads(word, salt=SALT, max_age=KEPT_S)
    except signing.BadSignature:
        return None
    photo = Photo.objects.filter(pk=number, submission__isnull=True).first()
    return photo if photo and file_of(photo).exists() else None


def drop_kept(photo: Photo) -> None:
    """Forget a kept picture once the Submission has its own."""
    remove_file(photo)
    photo.delete()
