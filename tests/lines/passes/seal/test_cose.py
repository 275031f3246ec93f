"""The envelope; another library writes what we read and reads what we write."""

from typing import Any

import cbor2
import pytest
from cwt import COSE, COSEKey, VerifyError
from hypothesis import given
from hypothesis import strategies as st

from bihuan.lines.passes.seal import cose
from bihuan.lines.passes.seal.reasons import Reason, Unreadable
from tests.lines.passes.seal.known import CITY, STRANGER, public

pytestmark = pytest.mark.once


def theirs(key: Any, *, private: bool = False) -> Any:
    found = {1: 1, 3: -8, -1: 6, -2: key.public_key().public_bytes_raw(), 2: public(key).kid}
    return COSEKey.new(found | ({-4: key.private_bytes_raw()} if private else {}))


@given(st.binary(max_size=50), st.binary(max_size=10))
def test_the_oracle_reads_what_we_write(payload: bytes, external: bytes) -> None:
    written = cose.sign(payload, CITY, external)
    assert COSE().decode(written, theirs(CITY), external_aad=external) == payload
    with pytest.raises(VerifyError):
        COSE().decode(written, theirs(CITY), external_aad=external + b"x")


@given(st.binary(max_size=50))
def test_we_read_what_the_oracle_writes(payload: bytes) -> None:
    header = {1: -8, 4: public(CITY).kid}
    written = COSE.new(deterministic_header=True).encode(
        payload, theirs(CITY, private=True), protected=header
    )
    message = cose.read(cose.untag(written))
    assert message.payload == payload
    assert message.is_by(public(CITY)) and not message.is_by(public(STRANGER))


def test_a_key_named_under_the_signature_counts_before_one_that_is_not() -> None:
    named = {1: -8, 4: b"inside"}
    message = cose.read(cbor2.dumps([cbor2.dumps(named), {4: b"outside"}, b"", b""]))
    assert message.kid == b"inside"
    assert cose.read(cbor2.dumps([b"", {1: -7, 4: b"outside"}, b"", b""])).kid == b"outside"


def test_an_empty_header_counts_as_no_bytes() -> None:
    assert cose.to_be_signed(b"\xa0", b"x") == cose.to_be_signed(b"", b"x")


@pytest.mark.parametrize(
    ("data", "reason"),
    [("", Reason.TRUNCATED), ("d8", Reason.TRUNCATED), ("d83d", Reason.TRUNCATED), ("84", Reason.RE_ENCODED),
     ("d1", Reason.DAMAGED), ("d83dd1", Reason.DAMAGED), ("00", Reason.DAMAGED)],
)  # fmt: skip
def test_only_the_two_tags_are_taken_off(data: str, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        cose.untag(bytes.fromhex(data))
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    "value", [5, [b"", {}, b""], [b"\x01", {}, b"", b""], [b"", [], b"", b""], [b"", {}, None, b""]]
)
def test_another_shape_is_damaged(value: object) -> None:
    with pytest.raises(Unreadable) as refused:
        cose.read(cbor2.dumps(value))
    assert refused.value.reason is Reason.DAMAGED
