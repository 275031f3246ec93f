"""The bytes that are hashed are written down here in full: whoever changes them must raise the version."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bihuan.spine.audit.canonical import event_bytes, seal_bytes, seal_hash
from bihuan.spine.audit.models import Seal

pytestmark = pytest.mark.once
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
VALUES = (5, AT, "staff", 2, "accept", "case", 7, 7, None, {"b": "是", "a": [1, True, None]})
SEAL = Seal(
    pk=2, first_position=11, leaf_count=3, root=b"\x01" * 32, previous=b"\x02" * 32, sealed_at=AT,
    key_id="0123456789abcdef",
)  # fmt: skip


def test_an_events_bytes_are_these():
    assert event_bytes(VALUES) == (
        b'{"actor_id":2,"actor_kind":"staff","agency_id":null,"at":"2026-11-23T08:00:00.000000+00:00",'
        b'"case_id":7,"detail":{"a":[1,true,null],"b":"\\u662f"},"id":5,"subject_id":7,'
        b'"subject_type":"case","v":1,"verb":"accept"}'
    )


def test_the_same_moment_in_another_zone_gives_the_same_bytes():
    there = AT.astimezone(timezone(timedelta(hours=8)))
    assert event_bytes((VALUES[0], there, *VALUES[2:])) == event_bytes(VALUES)


def test_text_that_is_no_utf_8_can_not_stop_the_sealer():
    assert b"\\ud800" in event_bytes((*VALUES[:9], {"a": "\ud800"}))


def test_a_seals_bytes_are_these():
    assert seal_bytes(SEAL) == (
        b'{"first_position":11,"id":2,"key_id":"0123456789abcdef","leaf_count":3,"previous":"' + b"02" * 32
        + b'","root":"' + b"01" * 32 + b'","sealed_at":"2026-11-23T08:00:00.000000+00:00","v":1}'
    )  # fmt: skip


def test_a_seal_is_chained_by_the_hash_of_its_bytes():
    assert seal_hash(SEAL) == hashlib.sha256(seal_bytes(SEAL)).digest()
