"""Signatures of Standard Webhooks 1.0 over ``id.timestamp.body``: HMAC-SHA-256 (v1) and Ed25519 (v1a).

Each secret in force makes one of both. The Ed25519 key hangs on the secret and on a key of ours, so that it changes
with the secret, and whoever was given the secret can't sign with it.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bihuan.kernel.private import derived

PREFIX = "whsec_"
PUBLIC_PREFIX = "whpk_"
SECRET_BYTES = 32


def new_secret() -> str:
    """Make a secret as it is shown to people: base64 with a prefix."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a message."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, _signed(message_id, timestamp, body), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def sign_with_pair(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature that is proved with ``public_key``."""
    signature = _pair(secret).sign(_signed(message_id, timestamp, body))
    return f"v1a,{base64.b64encode(signature).decode()}"


def public_key(secret: str) -> str:
    """Return what proves a signature and may be known to everybody."""
    return PUBLIC_PREFIX + base64.b64encode(_pair(secret).public_key().public_bytes_raw()).decode()


def _pair(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derived(f"webhook {secret}"))


def _signed(message_id: str, timestamp: int, body: bytes) -> bytes:
    return f"{message_id}.{timestamp}.".encode() + body


def headers_of(keys: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that go with a body."""
    signers = (sign, sign_with_pair)
    signatures = [signer(key, message_id, timestamp, body) for key in keys for signer in signers]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
        "content-type": "application/json",
    }


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Say whether one of the signatures by the secret is right; how old the timestamp may be is the caller's to say."""
    try:
        right = sign(secret, headers["webhook-id"], int(headers["webhook-timestamp"]), body)
        given = headers["webhook-signature"].split()
    except (KeyError, ValueError, binascii.Error):
        return False
    return any(hmac.compare_digest(right.encode(), one.encode()) for one in given)
