"""The worked example in docs/lines/pass-format.md is what the code makes."""

from pathlib import Path

import pytest

from bihuan.lines.passes.kinds import Colour, Goods
from bihuan.lines.passes.seal import cose, halts, numbers
from bihuan.lines.passes.seal.halts import Delta, Halted
from bihuan.lines.passes.seal.reasons import Reason
from tests.lines.passes.seal.known import CITY, GOOD, NOW, SUITS, parts, public

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/lines/pass-format.md").read_text()


def test_key_claims_signature_and_text_are_those_of_the_page(page: str) -> None:
    protected, _, payload, signature = parts()
    assert payload == SUITS.encode()
    built = [
        public(CITY).public,
        public(CITY).kid,
        payload,
        SUITS.serial,
        cose.to_be_signed(protected, payload),
    ]
    shown = [line for block in page.split("```")[1::2] for line in block.strip().splitlines()]
    assert shown[:7] == [*(one.hex() for one in (*built, signature)), GOOD]


def test_the_list_is_that_of_the_page(page: str) -> None:
    changed = {"430200000017": Halted(Reason.REVOKED), "430200000025": Halted(None, 3)}
    assert halts.write(Delta(2, 5, NOW, changed), CITY) in page.splitlines()


def test_every_reason_colour_and_class_of_goods_is_named(page: str) -> None:
    assert [reason for reason in Reason if f"`{reason.value}`" not in page.replace("` `", "`` ``")] == []
    for choices in (Colour, Goods):
        assert " ".join(one.value for one in choices) in page


def test_the_printed_number_is_that_of_the_page(page: str) -> None:
    assert f"`{numbers.printed(SUITS.number)}`" in page
