"""Every kind of pass that must be refused is refused with its own reason."""

from datetime import timedelta

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from bihuan.lines.passes.seal import sealing
from bihuan.lines.passes.seal.reasons import OF_THE_SEAL, Light, Reason
from bihuan.lines.passes.seal.sealing import Verdict
from tests.lines.passes.seal.known import CITY, GOOD, HALTED, KEYS, NOW, OVER, SUITS, Code, codes

pytestmark = pytest.mark.once


def judge(text: str) -> Verdict:
    return sealing.verify(text, KEYS, NOW, HALTED)


@pytest.mark.parametrize("code", codes(), ids=lambda code: code.name)
def test_each_code_is_answered_with_its_reason(code: Code) -> None:
    verdict = judge(code.text)
    assert verdict.reason is code.reason
    assert verdict.light is (Light.PASS if code.reason is Reason.VALID else Light.REFUSE)


def test_every_reason_is_tried() -> None:
    assert {code.reason for code in codes()} == set(OF_THE_SEAL)


@given(st.integers(4, len(GOOD) - 1))
def test_every_cut_is_told_as_a_cut(at: int) -> None:
    assert judge(GOOD[:at]).reason is Reason.TRUNCATED


@given(st.integers(0, len(GOOD) - 1), st.characters())
def test_no_change_of_one_character_passes(at: int, other: str) -> None:
    changed = GOOD[:at] + other + GOOD[at + 1 :]
    assert (judge(changed).light is Light.PASS) == (changed.strip("\r\n\t") == GOOD)


@given(st.text(max_size=60))
def test_whatever_is_read_there_is_an_answer(text: str) -> None:
    assert judge(text).light is Light.REFUSE
    assert judge(sealing.PREFIX + text).light is Light.REFUSE


def test_what_is_signed_is_told_even_when_it_is_over() -> None:
    assert judge(sealing.issue(OVER, CITY)).claims == OVER


def test_what_is_not_signed_by_us_tells_nothing() -> None:
    assert all(
        judge(code.text).claims is None
        for code in codes()
        if code.reason in {Reason.FORGED, Reason.WRONG_KEY}
    )


def test_it_ends_at_its_last_instant() -> None:
    last = SUITS.valid_until
    assert sealing.verify(GOOD, KEYS, last - timedelta(seconds=1), {}).light is Light.PASS
    assert sealing.verify(GOOD, KEYS, last, {}).reason is Reason.EXPIRED


def test_the_code_is_small_enough_for_paper() -> None:
    code = segno.make(GOOD, error="m", micro=False)
    assert code.mode == "alphanumeric" and int(code.version) <= 11
