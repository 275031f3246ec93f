"""The keys that passes are signed with: files outside the database, as every secret."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from bihuan.kernel.keys import secret
from bihuan.lines.passes.seal.algorithms import EDDSA, PublicKey

KEY_NAME = "pass-sign"


def signer() -> Ed25519PrivateKey:
    """Return the key that signs passes now."""
    return _signer(secret(KEY_NAME))


@cache
def _signer(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


def current() -> PublicKey:
    """Return the public half of today's key."""
    return PublicKey(EDDSA, signer().public_key().public_bytes_raw())


def believed() -> dict[bytes, PublicKey]:
    """Return today's public key and those of ``pass-sign.*.pub``, by their ids.

    Such a file holds the public key in hexadecimal digits and the instant since when it signs no more, in ISO form.
    To believe a key no longer, whatever it signed, take its file away.
    """
    old = [_read(path) for path in sorted(Path(settings.BIHUAN_KEYS).glob(f"{KEY_NAME}.*.pub"))]
    return {key.kid: key for key in (*old, current())}


def _read(path: Path) -> PublicKey:
    public, retired = path.read_text().split()
    at = datetime.fromisoformat(retired)
    return PublicKey(EDDSA, bytes.fromhex(public), at if at.tzinfo else at.replace(tzinfo=UTC))
