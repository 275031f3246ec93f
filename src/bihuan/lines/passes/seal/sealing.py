"""Issue a pass as the text of a QR code, and judge such a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bihuan.lines.passes.seal import base45, cbor, cose
from bihuan.lines.passes.seal import claims as claim_set
from bihuan.lines.passes.seal.algorithms import PublicKey
from bihuan.lines.passes.seal.claims import Claims
from bihuan.lines.passes.seal.cose import Sign1
from bihuan.lines.passes.seal.halts import Halted
from bihuan.lines.passes.seal.reasons import Light, Reason, Unreadable

PREFIX = "BH1:"
LONGEST = 1_200
"""Characters; a code of this length is still read from paper at arm's length."""


@dataclass(frozen=True)
class Verdict:
    """The answer to a scanned text; the serial and the claims where a good signature covers them."""

    light: Light
    reason: Reason
    serial: bytes = b""
    claims: Claims | None = None


def issue(claims: Claims, key: Ed25519PrivateKey) -> str:
    """Return what the QR code of a pass says."""
    return PREFIX + base45.encode(cose.sign(claims.encode(), key))


def verify(
    text: str, keys: Mapping[bytes, PublicKey], now: datetime, halted: Mapping[str, Halted]
) -> Verdict:
    """Judge a text: first what it is, then who signed it, then whether it is in force.

    ``keys`` by their ids; ``halted`` says of numbers why they count no longer.
    """
    try:
        said, claims = _believe(text, keys)
    except Unreadable as error:
        return Verdict(Light.REFUSE, error.reason)
    serial = said[claim_set.CTI]
    found = halted.get(claims.number)
    reason = (found and found.of(claims.edition)) or claim_set.standing(said, now)
    return Verdict(Light.PASS if reason is Reason.VALID else Light.REFUSE, reason, serial, claims)


def _believe(text: str, keys: Mapping[bytes, PublicKey]) -> tuple[dict[Any, Any], Claims]:
    message, said = unpack(text)
    key = _key_of(message, keys)
    if not message.is_by(key):
        # A changed copy still bears the serial of what it said before; a made-up pass was made to look right.
        raise Unreadable(Reason.FORGED if claim_set.is_consistent(said) else Reason.ALTERED)
    if not claim_set.is_consistent(said):
        raise Unreadable(Reason.DAMAGED)
    claims = claim_set.read(said)
    if key.retired_at and claims.issued_at >= key.retired_at:
        raise Unreadable(Reason.WRONG_KEY)
    return said, claims


def unpack(text: str) -> tuple[Sign1, dict[Any, Any]]:
    """Read the message and the claims in a text, believing nothing yet.

    Raises
    ------
    Unreadable
        with the reason why it is no pass in its one form.
    """
    plain = text.strip("\r\n\t")
    if not plain.startswith(PREFIX):
        raise Unreadable(Reason.NOT_A_PASS)
    if len(plain) > LONGEST:
        raise Unreadable(Reason.DAMAGED)
    message = cose.read(cose.untag(base45.decode(plain.removeprefix(PREFIX))))
    if message.unprotected:
        raise Unreadable(Reason.RE_ENCODED)
    said = cbor.decode(message.payload)
    if not isinstance(said, dict):
        raise Unreadable(Reason.DAMAGED)
    return message, said


def _key_of(message: Sign1, keys: Mapping[bytes, PublicKey]) -> PublicKey:
    kid = message.header.get(cose.KID)
    key = keys.get(kid) if isinstance(kid, bytes) else None
    if key is None or message.header != {cose.ALG: key.alg, cose.KID: kid}:
        raise Unreadable(Reason.WRONG_KEY)
    return key
