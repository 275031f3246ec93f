"""Words in summaries."""

import pytest

from bihuan.spine.cases.models import Case
from bihuan.spine.cases.queries import wording
from tests.spine.cases.known import World, make_case


def test_every_word_must_be_there(world: World) -> None:
    case = make_case(world, summary="三栋没有电 电梯停了")
    make_case(world, summary="三栋没有水")
    assert list(Case.objects.filter(wording.holding("没有 电梯"))) == [case]


def test_words_are_looked_for_among_the_newest_only(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = (make_case(world, summary="没有电") for _ in range(2))
    monkeypatch.setattr(wording, "WINDOW", new.pk - old.pk)
    assert list(Case.objects.filter(wording.holding("没有电"))) == [new]
