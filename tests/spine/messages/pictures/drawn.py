"""Pictures as telephones send them, with their notes."""

from io import BytesIO

from PIL import Image


def picture(colour: str = "red", kind: str = "JPEG") -> bytes:
    """Draw one whose EXIF names a maker."""
    image, exif, out = Image.new("RGB", (40, 30), colour), Image.Exif(), BytesIO()
    exif[0x010F] = "Maker of the telephone"
    image.save(out, kind, exif=exif)
    return out.getvalue()
