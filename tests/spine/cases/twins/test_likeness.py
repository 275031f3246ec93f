"""How alike two texts are, on made pairs: the first of each is asked, then the second."""

import pytest

from bihuan.spine.cases import twins
from bihuan.spine.cases.twins.likeness import shared_spans

TWINS = [
    ("整栋楼停电两个小时了，有人在家吸氧", "我们整栋楼停电了两个小时，有老人吸氧"),
    ("小区门口的垃圾三天没人收了", "小区门口垃圾三天没有人收，很臭"),
    ("自来水管爆了，水流到马路上", "马路上自来水管爆了，水一直流"),
    ("Street light pole is down across the road", "light pole down across the road near the school"),
    ("楼上半夜装修噪音太大", "半夜还在装修，楼上噪音太大了"),
]
STRANGERS = [
    ("需要降压药", "需要婴儿奶粉"),
    ("整栋楼停电了", "整栋楼停水了，请派人来看看"),
    ("老人独居，请上门看看", "请帮忙给燃气卡充值"),
    ("家里没有米了", "小区门口聚集了很多人在排队"),
    ("No heat in my apartment", "Dog is barking all night in the yard"),
    ("需要去医院做血透", "孩子要去医院打疫苗"),
]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_two_ways_to_say_the_same_are_alike(one: str, other: str) -> None:
    assert twins.likeness(one, other) >= twins.LIKE


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_two_different_asks_are_not_alike(one: str, other: str) -> None:
    assert twins.likeness(one, other) < twins.LIKE


def test_likeness_is_the_same_both_ways_and_whole_for_the_same_words() -> None:
    for one, other in TWINS + STRANGERS:
        assert twins.likeness(one, other) == twins.likeness(other, one)
        assert twins.likeness(one, one.upper()) in (0.0, 1.0)


def test_a_word_or_two_is_like_nothing() -> None:
    assert twins.likeness("停电", "停电") == 0


def test_what_both_say_is_marked_and_nothing_is_lost() -> None:
    one, other = "三栋整栋楼停电，两个小时了！", "幸福小区整栋楼停电两个小时了"
    spans = shared_spans(one, other)
    assert "".join(span.text for span in spans) == one
    assert [span.text for span in spans if span.is_shared] == ["整栋楼停电，两个小时了"]


def test_a_text_with_nothing_in_common_has_no_mark() -> None:
    assert [span.is_shared for span in shared_spans("需要降压药", "no heat")] == [False]
    assert shared_spans("", "停电") == []
