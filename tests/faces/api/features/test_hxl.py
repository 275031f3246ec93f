"""Features as HXL-tagged CSV."""

import csv
import re

from bihuan.faces.api.features.collections import COLLECTIONS
from bihuan.faces.api.features.hxl import PLACE, TAGS, lines
from tests.spine.cases.known import NOON

# HXL 1.1: a hash, a letter, then letters, digits and underscores; attributes begin with a plus.
HASHTAG = re.compile(r"#[a-z][a-z0-9_]*( ?\+[a-z][a-z0-9_]*)*")


def test_every_collection_has_its_hashtags_and_each_is_one() -> None:
    assert set(TAGS) == set(COLLECTIONS)
    assert all(HASHTAG.fullmatch(tag) for tags in TAGS.values() for tag in (tags | PLACE).values())


def test_hashtags_stand_below_the_headings_and_cells_in_their_columns() -> None:
    point = {"type": "Point", "coordinates": [113.1, 27.8]}
    said = {"code": "a", "name": "=1+1", "state": "sealed", "from_at": NOON, "until_at": None}
    text = "".join(lines("zones", [{"id": 7, "geometry": point, "properties": said}]))
    head, tags, row = csv.reader(text.removeprefix("\ufeff").splitlines())
    assert dict(zip(head, tags, strict=True))["state"] == "#access+status"
    assert row == ["7", "a", "'=1+1", "sealed", NOON.isoformat(), "", "27.8", "113.1"]
