"""The three ways to sign that a reader knows: ours, and the two that other issuers' key boxes may be bound to."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

EDDSA, ES256, PS256 = -8, -7, -37
KID_BYTES = 8


def key_id(public: bytes) -> bytes:
    """Return the eight bytes by which a pass names its key."""
    return hashlib.sha256(public).digest()[:KID_BYTES]


@dataclass(frozen=True)
class PublicKey:
    """A key that a checkpoint believes: raw for Ed25519, else DER. What a retired one signed later is not believed."""

    alg: int
    public: bytes
    retired_at: datetime | None = None

    @property
    def kid(self) -> bytes:
        return key_id(self.public)

    def fits(self, message: bytes, signature: bytes) -> bool:
        """Say whether the signature over the message is by this key."""
        try:
            _CHECKS[self.alg](self.public, message, signature)
        except (InvalidSignature, ValueError):
            return False
        return True


def _eddsa(public: bytes, message: bytes, signature: bytes) -> None:
    ed25519.Ed25519PublicKey.from_public_bytes(public).verify(signature, message)


def _es256(public: bytes, message: bytes, signature: bytes) -> None:
    key = load_der_public_key(public)
    if not isinstance(key, ec.EllipticCurvePublicKey) or len(signature) != 64:
        raise InvalidSignature
    halves = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    key.verify(encode_dss_signature(*halves), message, ec.ECDSA(SHA256()))


def _ps256(public: bytes, message: bytes, signature: bytes) -> None:
    key = load_der_public_key(public)
    if not isinstance(key, rsa.RSAPublicKey):
        raise InvalidSignature
    key.verify(signature, message, padding.PSS(padding.MGF1(SHA256()), SHA256.digest_size), SHA256())


_CHECKS = {EDDSA: _eddsa, ES256: _es256, PS256: _ps256}
