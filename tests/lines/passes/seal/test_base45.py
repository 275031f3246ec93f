"""Base45 as RFC 9285 has it, and every other writing refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.lines.passes.seal import base45
from bihuan.lines.passes.seal.reasons import Reason, Unreadable

pytestmark = pytest.mark.once
PUBLISHED = {b"AB": "BB8", b"Hello!!": "%69 VD92EX0", b"base-45": "UJCLQE7W581", b"ietf!": "QED8WEX0"}


@pytest.mark.parametrize("data", PUBLISHED)
def test_the_examples_of_the_rfc(data: bytes) -> None:
    assert base45.encode(data) == PUBLISHED[data]
    assert base45.decode(PUBLISHED[data]) == data


@given(st.binary(max_size=99))
def test_what_is_written_is_read(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@given(st.text(base45.ALPHABET, max_size=30))
def test_there_is_no_second_way_to_write_the_same(text: str) -> None:
    try:
        data = base45.decode(text)
    except Unreadable:
        return
    assert base45.encode(data) == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("GGW", Reason.DAMAGED),
        ("ab0", Reason.DAMAGED),
        ("BB8é", Reason.DAMAGED),
        ("BB8A", Reason.TRUNCATED),
        ("BB8::", Reason.TRUNCATED),
    ],
)
def test_what_nobody_writes_is_refused(text: str, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        base45.decode(text)
    assert refused.value.reason is reason
