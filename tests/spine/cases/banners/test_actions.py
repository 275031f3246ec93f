"""Putting banners up and taking them down."""

import pytest

from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions as cases
from bihuan.spine.cases import telling
from bihuan.spine.cases.banners import actions
from bihuan.spine.cases.banners.actions import FARTHEST_M, Circle
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.models import Message
from tests.spine.cases.banners.area_of import ENGLISH, WORDS, ask, put_up, sort
from tests.spine.cases.known import World, make_case
from tests.spine.cases.twins.town import LAT, LON


def test_a_banner_is_put_up_from_its_case_with_an_event(world: World) -> None:
    banner = put_up(world)
    assert (banner.made_by, banner.words_zh, banner.words_en) == (world.olga, WORDS, ENGLISH)
    assert Event.objects.get(verb="banner").detail["banner"] == banner.pk


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"services": []}, "services"),
        ({"circle": None}, "sites"),
        ({"circle": Circle(LON, LAT, FARTHEST_M + 1)}, "radius_m"),
        ({"circle": Circle(999, LAT, 100)}, "radius_m"),
        ({"words_zh": "  "}, "words_zh"),
        ({"words_zh": "长" * 201}, "words_zh"),
    ],
)
def test_what_is_missing_is_refused_beside_its_field(
    world: World, said: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        put_up(world, **said)
    assert refused.value.field == field


def test_a_case_that_is_done_announces_nothing(world: World) -> None:
    with pytest.raises(Refused) as refused:
        put_up(world, make_case(world, Status.RESOLVED))
    assert refused.value.field == "case"


def test_an_officer_puts_up_nothing_and_takes_down_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        put_up(world, by=world.ben)
    with pytest.raises(Forbidden):
        actions.take_down(banner=put_up(world), by=world.ben)


def test_taken_down_by_hand_everybody_it_caught_is_told_once_in_the_own_language(world: World) -> None:
    banner = put_up(world)
    english, chinese = ask(language="en"), ask(language="zh-hans")
    sort()
    actions.take_down(banner=banner, by=world.olga)
    told = dict(Message.objects.filter(template="banner_end").values_list("about", "body"))
    assert told.keys() == {english.receipt, chinese.receipt}
    assert ENGLISH in told[english.receipt]
    assert WORDS in told[chinese.receipt]


def test_taken_down_twice_the_second_is_told_and_nobody_else(world: World) -> None:
    banner = put_up(world)
    actions.take_down(banner=banner, by=world.olga)
    with pytest.raises(Conflict):
        actions.take_down(banner=banner, by=world.max)


def test_a_banner_ends_with_its_case_and_its_askers_hear_of_it_once(world: World) -> None:
    banner = put_up(world, make_case(world, Status.WORKING))
    caught = ask()
    sort()
    cases.resolve(case=banner.case, by=world.ben, reply="power is back")
    assert (actions.take_down_done(), actions.take_down_done()) == (1, 0)
    said = Message.objects.filter(about=caught.receipt).exclude(template="joined")
    assert [message.template for message in said] == ["resolve"]
    banner.refresh_from_db()
    assert (banner.ended_at is not None, banner.ended_by) == (True, None)


def test_thousands_are_told_by_the_worker_each_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 4)
    banner = put_up(world)
    caught = {ask(language="zh-hans").receipt for _ in range(9)}
    sort()
    actions.take_down(banner=banner, by=world.olga)
    assert not Message.objects.filter(template="banner_end").exists()
    while telling.tell_on(4):
        pass
    told = list(Message.objects.filter(template="banner_end").values_list("about", flat=True))
    assert sorted(told) == sorted(caught)
