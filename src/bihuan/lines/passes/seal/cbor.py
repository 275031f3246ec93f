"""CBOR in its one deterministic form (RFC 8949, 4.2.1), as far as a pass needs it.

``cbor2`` writes it. It does not read it: it takes numbers of any length, keys in any order and twice, and bytes
behind the end, so that one pass could be written in many ways; and it does what tags ask for.
"""

from typing import Any

import cbor2

from bihuan.lines.passes.seal.reasons import Reason, Unreadable

MOST_BYTES = 2_048
MOST_DEPTH = 6
LARGEST = 2**53 - 1
"""The largest whole number that a browser holds exactly."""

_ENDLESS = 31
_SIMPLE = {20: False, 21: True, 22: None}


def encode(value: Any) -> bytes:
    """Write numbers, bytes, texts, lists, dicts, booleans and null."""
    return bytes(cbor2.dumps(value, canonical=True))


def decode(data: bytes, most: int = MOST_BYTES) -> Any:
    """Read one value that fills the bytes to the end, ``most`` of them.

    Raises
    ------
    Unreadable
        truncated: it ends too early; re_encoded: the same could be written shorter or in another order;
        damaged: what no pass holds (tags, fractions, too deep, too long).
    """
    if len(data) > most:
        raise Unreadable(Reason.DAMAGED)
    reader = _Reader(data)
    value = reader.value(MOST_DEPTH)
    if reader.at != len(data):
        raise Unreadable(Reason.RE_ENCODED)
    return value


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        if size > len(self.data) - self.at:
            raise Unreadable(Reason.TRUNCATED)
        self.at += size
        return self.data[self.at - size : self.at]

    def value(self, depth: int) -> Any:
        if depth == 0:
            raise Unreadable(Reason.DAMAGED)
        major, info = divmod(self.take(1)[0], 32)
        if major == 7:
            return self.simple(info)
        size = self.number(info)
        if major == 0:
            return size
        if major == 1:
            return -1 - size
        if major == 2:
            return self.take(size)
        if major == 3:
            return self.text(size)
        if major == 4:
            return [self.value(depth - 1) for _ in range(size)]
        if major == 5:
            return self.map(size, depth - 1)
        raise Unreadable(Reason.DAMAGED)

    def number(self, info: int) -> int:
        if info < 24:
            return info
        if info > 27:
            raise Unreadable(Reason.RE_ENCODED if info == _ENDLESS else Reason.DAMAGED)
        width = 1 << (info - 24)
        number = int.from_bytes(self.take(width), "big")
        if number < (24 if width == 1 else 256 ** (width // 2)):
            raise Unreadable(Reason.RE_ENCODED)
        if number > LARGEST:
            raise Unreadable(Reason.DAMAGED)
        return number

    def simple(self, info: int) -> bool | None:
        if info not in _SIMPLE:
            raise Unreadable(Reason.DAMAGED)
        return _SIMPLE[info]

    def text(self, size: int) -> str:
        try:
            return self.take(size).decode()
        except UnicodeDecodeError:
            raise Unreadable(Reason.DAMAGED) from None

    def map(self, size: int, depth: int) -> dict[int | str, Any]:
        found: dict[int | str, Any] = {}
        before = b""
        for _ in range(size):
            start = self.at
            key = self.value(depth)
            written = self.data[start : self.at]
            if type(key) not in (int, str):
                raise Unreadable(Reason.DAMAGED)
            # Ascending as bytes; the same key twice is not ascending.
            if written <= before:
                raise Unreadable(Reason.RE_ENCODED)
            found[key], before = self.value(depth), written
        return found
