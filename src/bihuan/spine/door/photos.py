"""Photos: proved to be pictures, re-encoded so that nothing of the camera's notes is left, kept as files."""

import hashlib
import os
import uuid
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.door.models import Photo

MAX_PIXELS = 50_000_000
MAX_SIDE = 2048
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")  # JPEG takes in the double pictures of some telephones (MPO)
# What Pillow raises for files that are broken on purpose or by accident.
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, EOFError, OverflowError,
           MemoryError, Image.DecompressionBombError)  # fmt: skip


def write_photo(upload: BinaryIO) -> Photo:
    """Re-encode a picture, put it durably under ``var/photos``, give its row, not saved yet.

    Raises
    ------
    Refused
        when it is too large or no picture.
    """
    jpeg, (width, height) = clean(_read(upload))
    number = uuid.uuid4()
    photo = Photo(
        id=number,
        sha256=hashlib.sha256(jpeg).hexdigest(),
        width=width,
        height=height,
        bytes_count=len(jpeg),
        path=f"{number.hex[:2]}/{number.hex}.jpg",
        created_at=clock.now(),
    )
    _write_durably(file_of(photo), jpeg)
    return photo


def keep_photo(upload: BinaryIO) -> Photo:
    """Keep a picture that belongs to no Submission (an agency's proof of work); refuses what is no picture."""
    photo = write_photo(upload)
    try:
        photo.save(force_insert=True)
    except BaseException:
        remove_file(photo)
        raise
    return photo


def file_of(photo: Photo) -> Path:
    """Return where the picture lies."""
    return Path(settings.BIHUAN_VAR) / "photos" / photo.path


def remove_file(photo: Photo) -> None:
    """Take the picture from the disk; not being there is fine."""
    file_of(photo).unlink(missing_ok=True)


def clean(raw: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return the picture as a JPEG of pixels alone, upright, at most ``MAX_SIDE`` on a side, and its size."""
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Refused(_("The picture has too many pixels."), code="pixels", field="photo")
            plain = _pixels(image)
    except _BROKEN as error:
        raise Refused(_("This is not a picture that can be read."), code="photo", field="photo") from error
    out = BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue(), plain.size


def _pixels(image: Image.Image) -> Image.Image:
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # lets a JPEG be decoded at a fraction of its size
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    visible = upright.convert("RGBA")
    # A fresh canvas carries none of the old one's notes (EXIF, XMP, comments, colour profiles).
    plain = Image.new("RGB", visible.size, "white")
    plain.paste(visible, mask=visible.getchannel("A"))
    return plain


def _read(upload: BinaryIO) -> bytes:
    limit: int = settings.BIHUAN_PHOTO_BYTES
    raw = upload.read(limit + 1)
    if len(raw) > limit:
        text = _("The picture is larger than %(mb)s MB.") % {"mb": limit // 1_000_000}
        raise Refused(text, code="large", field="photo")
    return raw


def _write_durably(path: Path, content: bytes) -> None:
    """After this the file is whole or, had the power failed, not there at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    _sync_folder(path.parent)
    _sync_folder(path.parent.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
