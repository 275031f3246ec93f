"""COSE_Sign1 (RFC 9052): a payload, what is said of it, and a signature over both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bihuan.lines.passes.seal import cbor
from bihuan.lines.passes.seal.algorithms import EDDSA, PublicKey, key_id
from bihuan.lines.passes.seal.reasons import Reason, Unreadable

ALG, KID = 1, 4
TAG_SIGN1 = b"\xd2"  # 18
TAG_CWT = b"\xd8\x3d"  # 61


@dataclass(frozen=True)
class Sign1:
    """A signed message, read but not yet believed."""

    protected: bytes
    header: Mapping[Any, Any]
    unprotected: Mapping[Any, Any]
    payload: bytes
    signature: bytes

    @property
    def kid(self) -> Any:
        """The name of its key; what the signature covers counts before what it does not."""
        return self.header.get(KID, self.unprotected.get(KID))

    @property
    def alg(self) -> Any:
        return self.header.get(ALG, self.unprotected.get(ALG))

    def is_by(self, key: PublicKey, external: bytes = b"") -> bool:
        """Say whether this key signed it, in the way it says."""
        return self.alg == key.alg and key.fits(
            to_be_signed(self.protected, self.payload, external), self.signature
        )


def untag(data: bytes) -> bytes:
    """Take off the tag of a COSE_Sign1, and before it the tag of a CWT where there is one.

    Raises
    ------
    Unreadable
        re_encoded: no tag, though the array follows; else truncated or damaged.
    """
    if TAG_CWT.startswith(data):
        raise Unreadable(Reason.TRUNCATED)
    inner = data.removeprefix(TAG_CWT)
    if inner.startswith(TAG_SIGN1):
        return inner[1:]
    raise Unreadable(Reason.RE_ENCODED if inner[0] >> 5 == 4 else Reason.DAMAGED)


def read(untagged: bytes, decode: Callable[[bytes], Any] = cbor.decode) -> Sign1:
    """Read the array of four behind the tag.

    Raises
    ------
    Unreadable
        whatever ``decode`` says; damaged: it is something else than such an array.
    """
    parts = decode(untagged)
    if not isinstance(parts, list) or [type(part) for part in parts] != [bytes, dict, bytes, bytes]:
        raise Unreadable(Reason.DAMAGED)
    protected, unprotected, payload, signature = parts
    header = decode(protected) if protected else {}
    if not isinstance(header, dict):
        raise Unreadable(Reason.DAMAGED)
    return Sign1(protected, header, unprotected, payload, signature)


def to_be_signed(protected: bytes, payload: bytes, external: bytes = b"") -> bytes:
    """Return the Sig_structure; an empty header counts as no bytes however it was written."""
    covered = b"" if protected == b"\xa0" else protected
    return cbor.encode(["Signature1", covered, external, payload])


def sign(payload: bytes, key: Ed25519PrivateKey, external: bytes = b"") -> bytes:
    """Sign with Ed25519; the algorithm and the key's name stand where the signature covers them."""
    kid = key_id(key.public_key().public_bytes_raw())
    protected = cbor.encode({ALG: EDDSA, KID: kid})
    signature = key.sign(to_be_signed(protected, payload, external))
    return TAG_SIGN1 + cbor.encode([protected, {}, payload, signature])
