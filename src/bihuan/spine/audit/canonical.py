"""The exact bytes that are hashed and signed. Changing a line here needs a new version number.

An Event's bytes are a JSON object with the keys ``v`` (the version, 1) and ``actor_id actor_kind agency_id
at case_id detail id subject_id subject_type verb``; a Seal's bytes one with ``v`` and ``first_position id
key_id leaf_count previous root sealed_at``. Both are written so that there is one way only: keys in the
order of their code points at every depth, no spaces, everything outside ASCII as ``\\uXXXX`` in lower-case
hexadecimal, instants in UTC as ``2026-11-23T08:00:00.000000+00:00``, bytes in lower-case hexadecimal,
absent values as ``null``.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bihuan.spine.audit.models import Seal

VERSION = 1
EVENT_FIELDS = (
    "id", "at", "actor_kind", "actor_id", "verb", "subject_type", "subject_id", "case_id", "agency_id",
    "detail",
)  # fmt: skip

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


def event_bytes(values: Sequence[Any]) -> bytes:
    """Return an Event's bytes from its values in the order of ``EVENT_FIELDS``, as read from the database."""
    body = dict(zip(EVENT_FIELDS, values, strict=True))
    body["at"] = _instant(body["at"])
    body["v"] = VERSION
    return _encode(body).encode()


def seal_bytes(seal: Seal) -> bytes:
    """Return the bytes of a Seal that are signed: all of it but the signature."""
    body = {
        "v": VERSION,
        "id": seal.pk,
        "first_position": seal.first_position,
        "leaf_count": seal.leaf_count,
        "root": bytes(seal.root).hex(),
        "previous": bytes(seal.previous).hex(),
        "sealed_at": _instant(seal.sealed_at),
        "key_id": seal.key_id,
    }
    return _encode(body).encode()


def seal_hash(seal: Seal) -> bytes:
    """Return the hash by which the next Seal is chained to this one."""
    return hashlib.sha256(seal_bytes(seal)).digest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
