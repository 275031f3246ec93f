"""The pass on paper."""

import re

import pytest

from bihuan.lines.passes import paper, reviewing
from bihuan.lines.passes.models import Pass
from tests.spine.cases.known import World


@pytest.fixture
def issued(world: World, applied: Pass) -> Pass:
    return reviewing.approve(pass_=applied, by=world.ben)


def test_a_pass_is_one_sheet_of_a4_lying(issued: Pass) -> None:
    drawn = paper.draw(issued)
    assert drawn.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", drawn)) == 1
    assert re.search(rb"MediaBox \[ 0 0 841\.88\d* 595\.27\d* \]", drawn)


def test_every_label_stands_in_both_languages(issued: Pass) -> None:
    for (zh, en), _ in paper.rows_of(issued):
        assert re.search("[\u4e00-\u9fff]", zh) and re.search("[A-Za-z]", en)


def test_what_was_granted_stands_on_it(issued: Pass) -> None:
    texts = "\n".join(text for _, text in paper.rows_of(issued))
    for said in (
        issued.plate,
        "郑甲",
        "医用防护服",
        "8 吨/tonnes",
        "长沙开福 430105",
        "荷塘区 430202",
        "G4 株洲西",
    ):
        assert said in texts


def test_a_very_long_name_is_cut_and_not_written_over_the_code(issued: Pass) -> None:
    issued.receiver = "很" * 120
    assert paper.draw(issued)
    assert paper._cut("很" * 120, 14, 300).endswith("…")
