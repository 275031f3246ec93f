"""The list of halted numbers as a device is given it: only what changed, signed, with the instant it was complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bihuan.lines.passes.seal import base45, cbor, cose
from bihuan.lines.passes.seal.algorithms import PublicKey
from bihuan.lines.passes.seal.reasons import Reason, Unreadable

PREFIX = "BHL1:"
CONTEXT = b"bihuan-halts-1"
"""Covered by the signature, so that a pass can't be taken for a list."""
SINCE, TO, AT, NUMBERS = range(1, 5)
KINDS = {1: Reason.REVOKED, 2: Reason.SUSPENDED, 3: Reason.REPLACED}
_CODES = {reason: code for code, reason in KINDS.items()}
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Halted:
    """What the list says of a number: why it counts no longer, or from which edition of its code it counts again."""

    reason: Reason | None = None
    from_edition: int = 1

    def of(self, edition: int) -> Reason | None:
        """Return why a code of this edition does not count; None when it does."""
        return self.reason or (Reason.REPLACED if edition < self.from_edition else None)

    @property
    def code(self) -> int:
        return _CODES[self.reason] if self.reason else -self.from_edition


@dataclass(frozen=True)
class Delta:
    """What changed after edition ``since`` of the list up to ``to``."""

    since: int
    to: int
    at: datetime
    changed: Mapping[str, Halted]


def write(delta: Delta, key: Ed25519PrivateKey) -> str:
    """Return the signed text of a delta."""
    numbers = {int(number): halted.code for number, halted in delta.changed.items()}
    said = {SINCE: delta.since, TO: delta.to, AT: int(delta.at.timestamp()), NUMBERS: numbers}
    return PREFIX + base45.encode(cose.sign(cbor.encode(said), key, CONTEXT))


def read(text: str, keys: Mapping[bytes, PublicKey]) -> Delta:
    """Read a delta that one of the keys signed.

    Raises
    ------
    Unreadable
        with the reason why it is none.
    """
    if not text.startswith(PREFIX):
        raise Unreadable(Reason.NOT_A_PASS)
    data = cose.untag(base45.decode(text.removeprefix(PREFIX)))
    message = cose.read(data, lambda each: cbor.decode(each, MOST_BYTES))
    key = keys.get(message.kid)
    if key is None or not message.is_by(key, CONTEXT):
        raise Unreadable(Reason.FORGED)
    said = cbor.decode(message.payload, MOST_BYTES)
    changed = {f"{number:012}": _halted(code) for number, code in said[NUMBERS].items()}
    return Delta(said[SINCE], said[TO], datetime.fromtimestamp(said[AT], UTC), changed)


def _halted(code: int) -> Halted:
    return Halted(KINDS[code]) if code > 0 else Halted(from_edition=-code)
