"""The Ed25519 key that signs seals, and the public keys that prove them."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from bihuan.kernel.keys import secret

KEY_NAME = "audit-sign"


@cache
def _signer(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def sign(message: bytes) -> bytes:
    """Sign with the city's key."""
    return _signer(secret(KEY_NAME)).sign(message)


def public_key() -> bytes:
    """Return the public half of the city's key, 32 bytes; whoever holds it can prove the log."""
    return _signer(secret(KEY_NAME)).public_key().public_bytes_raw()


def key_id(public: bytes) -> str:
    """Return the sixteen digits by which a Seal says whose signature it bears."""
    return hashlib.sha256(public).hexdigest()[:16]


class Keyring:
    """Public keys by id: today's, and those of keys that were replaced."""

    def __init__(self, publics: Iterable[bytes]) -> None:
        self._keys = {key_id(raw): Ed25519PublicKey.from_public_bytes(raw) for raw in publics}

    def knows(self, name: str) -> bool:
        """Say whether the key is here."""
        return name in self._keys

    def holds(self, name: str, message: bytes, signature: bytes) -> bool:
        """Say whether the signature over the message is by that key."""
        try:
            self._keys[name].verify(signature, message)
        except InvalidSignature:
            return False
        return True


def own_keyring() -> Keyring:
    """Gather the city's public key and the ``audit-sign.*.pub`` files of keys that it used before."""
    old = [bytes.fromhex(path.read_text().strip()) for path in _old_keys()]
    return Keyring([public_key(), *old])


def _old_keys() -> list[Path]:
    return sorted(Path(settings.BIHUAN_KEYS).glob(f"{KEY_NAME}.*.pub"))
