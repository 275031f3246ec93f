"""Pictures: proved, cleaned, kept."""

import random
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from bihuan.kernel.errors import Refused
from bihuan.spine.door import photos
from bihuan.spine.door.models import Photo

ORIENTATION, GPS, ARTIST = 0x0112, 0x8825, 0x013B


def picture(
    size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", **options: object
) -> bytes:
    out = BytesIO()
    image = Image.new(mode, size, "red" if mode == "RGB" else 0)
    image.paste("blue" if mode == "RGB" else 1, (0, 0, size[0] // 2, size[1]))
    image.save(out, kind, **options)
    return out.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    image.load()
    return image


@pytest.fixture(autouse=True)
def _var(tmp_path: Path, settings: object) -> None:
    settings.BIHUAN_VAR = tmp_path  # type: ignore[attr-defined]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_nothing_of_the_cameras_notes_is_left() -> None:
    exif = Image.Exif()
    exif[ARTIST] = "Ana"
    exif.get_ifd(GPS)[2] = (IFDRational(27), IFDRational(49), IFDRational(12))
    raw = picture(exif=exif, comment=b"Ana lives here")
    assert b"Ana" in raw
    clean = opened(photos.clean(raw)[0])
    assert not clean.getexif() and "comment" not in clean.info and "icc_profile" not in clean.info
    assert b"Ana" not in photos.clean(raw)[0]


def test_a_picture_taken_on_its_side_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was turned a quarter to the right
    assert photos.clean(picture((60, 40), exif=exif))[1] == (40, 60)


@pytest.mark.parametrize(
    ("size", "kept"), [((5000, 1000), (2048, 410)), ((1000, 4000), (512, 2048)), ((9, 9), (9, 9))]
)
def test_a_large_picture_is_made_smaller_and_a_small_one_is_not(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    found = photos.clean(picture(size))[1]
    assert all(abs(a - b) <= 1 for a, b in zip(found, kept, strict=True))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"), ("WEBP", "RGB"), ("JPEG", "L")],
)
def test_usual_kinds_of_pictures_become_jpeg(kind: str, mode: str) -> None:
    image = opened(photos.clean(picture(kind=kind, mode=mode))[0])
    assert (image.format, image.mode) == ("JPEG", "RGB")


def test_what_is_transparent_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(out, "PNG")
    pixel = opened(photos.clean(out.getvalue())[0]).getpixel((4, 4))
    assert min(pixel) > 250  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize(
    "raw", [b"", b"no picture", b"GIF89a" + bytes(40), b"\xff\xd8\xff\xe0" + bytes(400), b"<svg/>"]
)
def test_what_is_no_picture_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as caught:
        photos.clean(raw)
    assert caught.value.field == "photo"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_picture_is_read_or_refused_and_never_an_error(kind: str) -> None:
    chance = random.Random(7)
    whole = picture((120, 90), kind)
    for _ in range(60):
        raw = bytearray(whole[: chance.randrange(20, len(whole) + 1)])
        for _ in range(chance.randrange(6)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        try:
            photos.clean(bytes(raw))
        except Refused:
            continue


def test_more_pixels_than_memory_should_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MAX_PIXELS", 2399)
    with pytest.raises(Refused):
        photos.clean(picture((60, 40)))


def test_a_file_that_is_too_large_is_refused(settings: object, tmp_path: Path) -> None:
    raw = picture()
    settings.BIHUAN_PHOTO_BYTES = len(raw) - 1  # type: ignore[attr-defined]
    with pytest.raises(Refused) as caught:
        photos.write_photo(BytesIO(raw))
    assert caught.value.code == "large" and files(tmp_path) == []


def test_a_written_photo_lies_where_it_says_and_can_be_removed(tmp_path: Path) -> None:
    photo = photos.write_photo(BytesIO(picture()))
    assert files(tmp_path) == [photos.file_of(photo)]
    assert (photo.width, photo.height) == opened(photos.file_of(photo).read_bytes()).size
    assert photo.bytes_count == photos.file_of(photo).stat().st_size
    photos.remove_file(photo)
    photos.remove_file(photo)
    assert files(tmp_path) == []


@pytest.mark.django_db
def test_a_proof_of_work_is_kept_without_a_submission() -> None:
    photo = photos.keep_photo(BytesIO(picture()))
    assert Photo.objects.get(pk=photo.pk).submission is None


@pytest.mark.django_db
def test_a_photo_whose_row_cannot_be_kept_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(self: Photo, **options: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(Photo, "save", fail)
    with pytest.raises(ConnectionError):
        photos.keep_photo(BytesIO(picture()))
    assert files(tmp_path) == []
