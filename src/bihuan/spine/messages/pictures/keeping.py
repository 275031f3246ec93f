"""Pictures as words of one line, and putting them to what they belong to.

``photo:UUID`` is kept already and belongs to nothing yet; anything else is a source that has to be fetched.
"""

from collections.abc import Iterable
from io import BytesIO

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import keyed_hash, seal
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.door.photos import keep_photo
from bihuan.spine.messages.pictures.models import Picture

KEPT = "photo:"
MOST = 5
"""How many pictures of one message are taken in."""


def keep_all(raw: Iterable[bytes]) -> list[str]:
    """Keep pictures that came along with the words; what is no picture, or too large, is left out."""
    kept = []
    for one in list(raw)[:MOST]:
        try:
            kept.append(f"{KEPT}{keep_photo(BytesIO(one)).pk}")
        except Refused:
            continue
    return kept


def put_to(receipt: str, pictures: Iterable[str]) -> None:
    """Put pictures to the Submission of a receipt, in the transaction of the words that they came with."""
    for one in list(pictures)[:MOST]:
        if one.startswith(KEPT):
            free = Photo.objects.filter(pk=one.removeprefix(KEPT), submission=None)
            free.update(submission=Submission.objects.only("id").get(receipt=receipt))
        else:
            wanted = {"receipt": receipt, "source_sealed": seal(one), "due_at": clock.now()}
            Picture.objects.get_or_create(key=keyed_hash(f"{receipt}\n{one}").hex(), defaults=wanted)
