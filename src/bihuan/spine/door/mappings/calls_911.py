"""Emergency calls of Montgomery County, Pennsylvania: no heading, six columns."""

from typing import Any

from bihuan.spine.door.mappings.mapping import Fields, Mapping, Row, position, row_id, sentence

NAME = "calls-911"
COLUMNS = ("lat", "lng", "title", "time", "township", "address")

TRAFFIC = {
    "VEHICLE ACCIDENT": "crash",
    "DISABLED VEHICLE": "car",
    "VEHICLE FIRE": "car",
    "HAZARDOUS ROAD CONDITIONS": "hole",
}


def fields(row: Row) -> Fields:
    """Turn a row into the fields of a Submission."""
    service, answers = _kind(row["title"])
    return {
        "client_id": row_id(NAME, row),
        "channel": "telephone",
        "service": service,
        "text": sentence(row["title"].rstrip(" -"), row["time"]),
        "site": sentence(row["address"], row["township"])[:120],
        "answers": answers,
        "language": "en",
        **position(row["lng"], row["lat"]),
    }


def _kind(title: str) -> tuple[str, dict[str, Any]]:
    """Name a service for the road alone: first aid and fire have none here and are sorted by their words."""
    desk, _, what = title.partition(": ")
    if not what:
        raise ValueError(f"the title {title!r} names no desk")
    if desk == "Traffic":
        return "road", {"matter": TRAFFIC.get(what.rstrip(" -"), "blocked")}
    return "", {}


MAPPING = Mapping(NAME, "911 calls of Montgomery County, as CSV without a heading", fields, COLUMNS)
