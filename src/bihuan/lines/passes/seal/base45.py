"""Base45 (RFC 9285): bytes as the 45 characters that a QR code packs most tightly."""

from bihuan.lines.passes.seal.reasons import Reason, Unreadable

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """Write two bytes as three characters, a last single one as two."""
    return "".join(_write(data[at : at + 2]) for at in range(0, len(data), 2))


def _write(group: bytes) -> str:
    rest, written = int.from_bytes(group, "big"), ""
    for _ in range(len(group) + 1):
        rest, value = divmod(rest, 45)
        written += ALPHABET[value]
    return written


def decode(text: str) -> bytes:
    """Read it back; every text that is not what ``encode`` writes is refused.

    Raises
    ------
    Unreadable
        damaged: a character or a group of three that nobody writes; truncated: it ends inside a group.
    """
    if set(text) - _VALUES.keys():
        raise Unreadable(Reason.DAMAGED)
    if len(text) % 3 == 1:
        raise Unreadable(Reason.TRUNCATED)
    return b"".join(_read(text[at : at + 3]) for at in range(0, len(text), 3))


def _read(group: str) -> bytes:
    value = 0
    for character in reversed(group):
        value = value * 45 + _VALUES[character]
    size = len(group) - 1
    if value >= 256**size:
        # Two characters that are too much for one byte are the first two of three.
        raise Unreadable(Reason.DAMAGED if size == 2 else Reason.TRUNCATED)
    return value.to_bytes(size, "big")
