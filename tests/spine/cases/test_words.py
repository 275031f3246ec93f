"""Every verb has its words."""

import pytest

from bihuan.spine.cases.states import MOVES, VERBS
from bihuan.spine.cases.words import DEEDS, LABELS, TOLD


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_a_label_and_a_line_in_the_history(verb: str) -> None:
    assert str(LABELS[verb])
    assert str(DEEDS[verb]) % {"who": "Ben"}


@pytest.mark.parametrize("verb", TOLD)
def test_what_askers_read_can_be_completed(verb: str) -> None:
    assert "%" not in str(TOLD[verb]) % {"who": "Power grid"}


def test_the_asker_hears_of_every_move() -> None:
    assert set(MOVES) <= set(TOLD)
