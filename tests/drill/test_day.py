"""The plan of a day."""

from collections import Counter
from datetime import date

import pytest

from bihuan.drill.city import make_city
from bihuan.drill.day import CHANNELS, POWER_ASKS, clock_text, moments, plan_day
from bihuan.drill.people import PREFIX

pytestmark = pytest.mark.once

DAY = date(2022, 11, 23)


@pytest.fixture(scope="module")
def city():
    return make_city(2022)


@pytest.fixture(scope="module")
def plan(city):
    return plan_day(city, 7, DAY)


def test_the_plan_is_a_function_of_its_seed(city, plan) -> None:
    assert plan_day(city, 7, DAY) == plan
    assert plan_day(city, 8, DAY) != plan


def test_five_hundred_ask_the_power_desk_over_five_channels(plan) -> None:
    power = [ask for ask in plan if ask.body["service"] == "power_failure"]
    assert len(power) == POWER_ASKS
    assert {ask.body["channel"] for ask in power} == set(CHANNELS)
    assert len(CHANNELS) == 5


@pytest.mark.parametrize("power_asks", [0, 1, 17, 40])
def test_a_quieter_day_has_as_many_power_asks_as_were_wanted(city, power_asks: int) -> None:
    plan = plan_day(city, 7, DAY, power_asks)
    assert sum(ask.body["service"] == "power_failure" for ask in plan) == power_asks


def test_asks_come_in_the_order_of_the_day(plan) -> None:
    times = [ask.at_min for ask in plan]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] < 24 * 60


def test_more_people_ask_in_the_morning_than_in_the_night(plan) -> None:
    hours = Counter(int(ask.at_min // 60) for ask in plan)
    assert sum(hours[h] for h in range(8, 12)) > 4 * sum(hours[h] for h in range(4))


def test_the_day_holds_every_story_the_demonstration_tells(plan) -> None:
    stories = {ask.story for ask in plan}
    assert stories >= {"smooth", "returned", "late", "unhappy", "twin", "held", "bedridden neighbour"}


def test_a_twin_is_merged_into_an_earlier_ask_from_the_same_place(plan) -> None:
    by_key = {ask.key: ask for ask in plan}
    twins = [ask for ask in plan if ask.story == "twin"]
    assert twins
    for twin in twins:
        lead = by_key[twin.deeds[0].target]
        assert lead.at_min <= twin.at_min
        assert lead.body["service"] == twin.body["service"]
        assert abs(lead.body["lon"] - twin.body["lon"]) < 0.01


def test_an_outage_lasts_until_the_last_neighbour_has_told_of_it(plan) -> None:
    by_key = {ask.key: ask for ask in plan}
    for twin in (ask for ask in plan if ask.story == "twin"):
        merged_at = next(at_min for at_min, deed in moments(twin) if deed.verb == "merge")
        lead = by_key[twin.deeds[0].target]
        assert merged_at < next(at_min for at_min, deed in moments(lead) if deed.verb == "resolve")


def test_the_bedridden_neighbour_asks_at_fourteen_past_eight(plan) -> None:
    ask = next(ask for ask in plan if ask.story == "bedridden neighbour")
    assert clock_text(ask.at_min) == "08:14"
    assert "卧床" in ask.body["text"] or "bedridden" in ask.body["text"]


def test_nobody_in_the_plan_has_a_real_number(plan) -> None:
    phones = [ask.body["phone"] for ask in plan]
    assert all(phone.startswith(PREFIX) for phone in phones)
    assert len(set(phones)) == len(phones)


def test_keys_are_unique_and_fit_the_door(plan) -> None:
    keys = [ask.key for ask in plan]
    assert len(set(keys)) == len(keys)
    assert max(map(len, keys)) <= 64


def test_deeds_follow_the_ask_in_time(plan) -> None:
    for ask in plan:
        times = [at_min for at_min, _ in moments(ask)]
        assert times == sorted(times)
        assert not times or times[0] > ask.at_min


MORNING_MIN = 8.5 * 60


@pytest.mark.parametrize(("story", "before", "after"), [
    ("late", "", "accept"), ("held", "hold", "answer"), ("returned", "return_to_triage", "assign"),
])  # fmt: skip
def test_at_half_past_eight_some_are_late_some_held_some_returned(plan, story, before, after) -> None:
    def done(ask):
        return [deed.verb for at_min, deed in moments(ask) if at_min <= MORNING_MIN]

    staying = [ask for ask in plan if ask.story == story and MORNING_MIN - 160 < ask.at_min < MORNING_MIN]
    standing = [ask for ask in staying if done(ask)[-1:] == ([before] if before else [])]
    assert len(standing) >= 2
    assert {ask.deeds[len(done(ask))].verb for ask in standing} == {after}
