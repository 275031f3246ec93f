"""A drawn photo for proof of work: a lit house in a street at night, and no person."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIZE = (640, 480)
QUALITY = 78


def draw_photo(seed: str) -> bytes:
    """Return a JPEG; another seed draws another house."""
    rng = Random(seed)
    image = Image.new("RGB", SIZE, (24, 34, 58))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 380, 640, 480), fill=(52, 58, 66))
    for left in range(40, 600, 190):
        _house(pen, rng, left)
    pen.ellipse((540, 40, 590, 90), fill=(236, 230, 200))
    pen.text((16, 456), f"DEMO  {seed}", fill=(230, 230, 230))
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _house(pen: ImageDraw.ImageDraw, rng: Random, left: int) -> None:
    top = rng.randint(90, 200)
    shade = rng.randint(70, 110)
    pen.rectangle((left, top, left + 150, 380), fill=(shade, shade, shade + 12))
    for y in range(top + 16, 350, 44):
        for x in range(left + 14, left + 130, 34):
            lit = (250, 214, 120) if rng.random() < 0.75 else (40, 48, 66)
            pen.rectangle((x, y, x + 20, y + 26), fill=lit)
