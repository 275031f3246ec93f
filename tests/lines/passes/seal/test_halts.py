"""The signed list of halted numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.lines.passes.seal import base45, cose, halts
from bihuan.lines.passes.seal.halts import Delta, Halted
from bihuan.lines.passes.seal.reasons import Reason, Unreadable
from tests.lines.passes.seal.known import CITY, GOOD, KEYS, NOW, STRANGER, SUITS

pytestmark = pytest.mark.once
DELTA = Delta(2, 5, NOW, {"430200000017": Halted(Reason.REVOKED), "430200000025": Halted(None, 3)})
numbers = st.integers(0, 10**12 - 1).map(lambda number: f"{number:012}")
reasons = st.sampled_from(list(halts.KINDS.values())).map(Halted) | st.integers(1, 99).map(
    lambda n: Halted(None, n)
)


@given(st.dictionaries(numbers, reasons, max_size=20))
def test_what_is_written_is_read(changed: dict[str, Halted]) -> None:
    delta = replace(DELTA, changed=changed)
    assert halts.read(halts.write(delta, CITY), KEYS) == delta


def test_a_restored_number_counts_from_its_new_code_on() -> None:
    assert [Halted(None, 3).of(edition) for edition in (2, 3)] == [Reason.REPLACED, None]
    assert Halted(Reason.SUSPENDED).of(9) is Reason.SUSPENDED


def test_a_list_of_somebody_else_is_not_believed() -> None:
    with pytest.raises(Unreadable):
        halts.read(halts.write(DELTA, STRANGER), KEYS)


def test_a_pass_is_no_list() -> None:
    disguised = halts.PREFIX + base45.encode(cose.sign(SUITS.encode(), CITY))
    for text in (GOOD, disguised):
        with pytest.raises(Unreadable):
            halts.read(text, KEYS)
