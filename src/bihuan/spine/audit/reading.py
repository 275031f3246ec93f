"""Reading the sealed log in order, in chunks; a row that can't be read costs only itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import DatabaseError

from bihuan.spine.audit.canonical import EVENT_FIELDS, event_bytes, seal_bytes
from bihuan.spine.audit.models import Event, Leaf, Seal

CHUNK = 5_000
# What Django and the drivers raise at bytes that are no JSON, no instant, no UTF-8, no number.
UNREADABLE = (ValueError, TypeError, AttributeError, DatabaseError)
T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """A place in the sealed order. ``event`` holds the Event's bytes; None when missing or unreadable."""

    position: int
    event_id: int
    digest: bytes
    event: bytes | None


class Leaves:
    """The sealed order, read once from its first position to its last."""

    def __init__(self, chunk: int = CHUNK) -> None:
        self._rows = _rows(chunk)
        self._next = next(self._rows, None)

    def up_to(self, position: float) -> Iterator[Row]:
        """Yield the rows not yet read up to and with a position."""
        while self._next is not None and self._next.position <= position:
            yield self._next
            self._next = next(self._rows, None)


def seals(chunk: int = CHUNK) -> Iterator[tuple[int, Seal | None]]:
    """Yield each Seal with its number; None in place of one that can't be read."""
    number = 0
    while found := list(
        Seal.objects.filter(pk__gt=number).order_by("pk").values_list("pk", flat=True)[:chunk]
    ):
        number = found[-1]
        read = salvage(_read_seals, found[0], number)
        yield from ((key, read.get(key)) for key in found)


def salvage(read: Callable[[int, int], dict[int, T]], low: int, high: int) -> dict[int, T]:
    """Read a range of keys, both ends with it; halve it around rows that can't be read."""
    try:
        return read(low, high)
    except UNREADABLE:
        if low >= high:
            return {}
        middle = (low + high) // 2
        return salvage(read, low, middle) | salvage(read, middle + 1, high)


def _read_seals(low: int, high: int) -> dict[int, Seal]:
    found = {seal.pk: seal for seal in Seal.objects.filter(pk__range=(low, high))}
    for seal in found.values():
        seal_bytes(seal)  # raises where a value is not of its kind
    return found


def _rows(chunk: int) -> Iterator[Row]:
    position = 0
    while leaves := _leaves_after(position, chunk):
        events = salvage(_read_events, leaves[0][0], leaves[-1][0])
        for position, event_id, digest in leaves:
            yield Row(position, event_id, _raw(digest), events.get(event_id))


def _leaves_after(position: int, chunk: int) -> list[tuple[int, int, object]]:
    leaves = Leaf.objects.filter(position__gt=position).order_by("position")
    return list(leaves.values_list("position", "event_id", "digest")[:chunk])


def _read_events(low: int, high: int) -> dict[int, bytes]:
    events = Event.objects.filter(leaf__position__range=(low, high)).values_list(*EVENT_FIELDS)
    return {values[0]: event_bytes(values) for values in events.iterator(CHUNK)}


def _raw(digest: object) -> bytes:
    # SQLite stores what it is given: a digest overwritten with text comes back as text.
    return bytes(digest) if isinstance(digest, bytes | memoryview) else b""
