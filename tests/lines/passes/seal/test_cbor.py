"""The strict reader agrees with cbor2 on what it takes, and takes one way of writing only."""

from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.lines.passes.seal import cbor
from bihuan.lines.passes.seal.reasons import Reason, Unreadable

pytestmark = pytest.mark.once
plain = st.one_of(
    st.integers(-cbor.LARGEST - 1, cbor.LARGEST), st.binary(max_size=40), st.text(max_size=20), st.booleans(), st.none()
)  # fmt: skip
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.integers(0, 999), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


def reason_of(data: bytes) -> Reason | None:
    try:
        cbor.decode(data)
    except Unreadable as error:
        return error.reason
    return None


@given(values)
def test_what_is_written_is_read(value: Any) -> None:
    assert reason_of(cbor.encode(value)) in {None, Reason.DAMAGED}
    if reason_of(cbor.encode(value)) is None:
        assert cbor.decode(cbor.encode(value)) == value


@given(st.binary(max_size=24))
def test_whatever_is_taken_cbor2_reads_and_writes_the_same(data: bytes) -> None:
    if reason_of(data) is None:
        assert cbor.decode(data) == cbor2.loads(data)
        assert cbor2.dumps(cbor2.loads(data)) == data


@given(values, st.data())
def test_every_beginning_of_a_value_is_truncated(value: Any, draw: st.DataObject) -> None:
    data = cbor.encode(value)
    if reason_of(data) is None:
        assert reason_of(data[: draw.draw(st.integers(0, len(data) - 1))]) is Reason.TRUNCATED


@pytest.mark.parametrize(
    "data", ["1817", "190017", "1a0000ffff", "1b00000000ffffffff", "9f00ff", "5f4100ff", "0000"]
)
def test_other_ways_to_write_the_same_are_re_encoded(data: str) -> None:
    assert reason_of(bytes.fromhex(data)) is Reason.RE_ENCODED


@pytest.mark.parametrize("data", ["a2020001ff", "a201000100", "a2616100 0100"])
def test_keys_ascend_and_stand_once(data: str) -> None:
    assert reason_of(bytes.fromhex(data)) is Reason.RE_ENCODED


@pytest.mark.parametrize(
    "data", ["c100", "f93c00", "f7", "1c", "1b0020000000000000", "61ff", "a1410000", "81" * 7 + "00"]
)
def test_what_no_pass_holds_is_damaged(data: str) -> None:
    assert reason_of(bytes.fromhex(data)) is Reason.DAMAGED


def test_a_length_beyond_all_bounds_costs_nothing() -> None:
    assert reason_of(bytes.fromhex("9b001fffffffffffff")) is Reason.TRUNCATED
    assert reason_of(bytes(cbor.MOST_BYTES + 1)) is Reason.DAMAGED
