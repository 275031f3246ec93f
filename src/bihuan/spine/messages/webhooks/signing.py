"""Signatures of Standard Webhooks 1.0: HMAC-SHA-256 over ``id.timestamp.body``, one for each secret in force."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """Make a secret as it is shown to people: base64 with a prefix."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature of a message."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def headers_of(keys: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that go with a body."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(key, message_id, timestamp, body) for key in keys),
        "content-type": "application/json",
    }


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Say whether one of the signatures is right; how old the timestamp may be is the caller's to say."""
    try:
        right = sign(secret, headers["webhook-id"], int(headers["webhook-timestamp"]), body)
        given = headers["webhook-signature"].split()
    except (KeyError, ValueError, binascii.Error):
        return False
    return any(hmac.compare_digest(right.encode(), one.encode()) for one in given)
