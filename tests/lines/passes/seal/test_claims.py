"""What a pass says, as a token that another library reads."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import cbor2
import pytest
from cwt import CWT, COSEKey

from bihuan.lines.passes.seal import claims, cose
from bihuan.lines.passes.seal.reasons import Reason, Unreadable
from tests.lines.passes.seal.known import CITY, NOW, SUITS, public

pytestmark = pytest.mark.once


def said(**changed: Any) -> dict[int, Any]:
    return cbor2.loads(replace(SUITS, **changed).encode())


def test_what_is_written_is_read() -> None:
    assert claims.read(said()) == SUITS


def test_a_reader_of_web_tokens_finds_the_registered_claims() -> None:
    key = COSEKey.new({1: 1, 3: -8, -1: 6, -2: public(CITY).public, 2: public(CITY).kid})
    written = cose.TAG_CWT + cose.sign(SUITS.encode(), CITY)
    found = CWT(leeway=10**9).decode(written, key)
    assert found[5] == int(SUITS.valid_from.timestamp()) and found[7] == SUITS.serial


def test_another_word_is_another_serial() -> None:
    others = [replace(SUITS, plate="湘B1234S"), replace(SUITS, crew=1), replace(SUITS, edition=2)]
    assert len({one.serial for one in (SUITS, *others)}) == 4


def test_the_serial_tells_that_something_was_changed() -> None:
    good = said()
    assert claims.is_consistent(good)
    assert not claims.is_consistent(good | {4: 0})


@pytest.mark.parametrize(
    ("after", "standing"),
    [(timedelta(-1), Reason.NOT_YET), (timedelta(), Reason.VALID), (timedelta(days=9), Reason.EXPIRED)],
)
def test_a_token_is_in_force_from_until(after: timedelta, standing: Reason) -> None:
    assert claims.standing(said(valid_from=NOW), NOW + after) is standing


def test_what_says_it_was_issued_later_is_not_yet_in_force() -> None:
    assert claims.standing({6: NOW.timestamp() + 1}, NOW) is Reason.NOT_YET
    assert claims.standing({}, NOW) is Reason.VALID


@pytest.mark.parametrize(
    "wrong", [{4: "x"}, {5: -1}, {6: True}, {4: 2**52}, {claims.PASS: []}, {claims.PASS: {}}]
)
def test_claims_of_another_kind_are_damaged(wrong: dict[int, Any]) -> None:
    with pytest.raises(Unreadable):
        claims.read(said() | wrong)


def test_it_holds_no_names_and_is_small() -> None:
    assert set(said()[claims.PASS]) == set(range(1, 9))
    assert len(SUITS.encode()) < 100
