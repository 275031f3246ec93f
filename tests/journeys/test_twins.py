"""Twins judged by the keyboard, and a known fault announced and read before anybody asks."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.city import City
from tests.journeys import steps
from tests.journeys.test_desk import DESK, _asked, _call

PAIRED_WITHIN_MS = 60_000
LON, LAT = 113.134, 27.829


@pytest.fixture
def desk(chromium: Any) -> Iterator[Any]:
    with browser.page(chromium, **DESK) as page:
        yield page


def test_two_asks_that_look_like_one_are_merged_kept_apart_and_taken_back_by_keys(
    served_city: City, desk: Any, axe: Any
) -> None:
    numbers = [
        _asked(served_city, f"整栋楼停电两个小时了，{who}在家吸氧", lon=LON, lat=LAT)
        for who in ("老人", "奶奶", "有人")
    ]
    steps.sign_in(desk, served_city, "operator", "")
    current = desk.locator("[data-current]")
    desk.goto(f"{served_city.url}/desk/twins/")
    for _ in range(PAIRED_WITHIN_MS // 1000):
        if desk.locator("[data-next]").count():
            break
        desk.wait_for_timeout(1000)
        desk.reload()
    axe(desk)
    first = current.locator("h2 a").all_inner_texts()
    desk.keyboard.press("n")
    expect(desk.locator(".pairs__said")).to_contain_text("不是同一件")
    second = current.locator("h2 a").all_inner_texts()
    assert second != first
    desk.keyboard.press("m")
    expect(desk.locator(".pairs__said")).to_contain_text("已合并")
    desk.keyboard.press("u")
    expect(desk.locator(".pairs__said")).to_contain_text("已撤回")
    assert current.locator("h2 a").all_inner_texts() == second
    assert {_call(served_city, f"/api/v1/cases/{number}")["is_open"] for number in numbers} == {True}


def test_a_known_fault_is_announced_read_before_asking_and_taken_down(
    served_city: City, desk: Any, page: Any, axe: Any
) -> None:
    number = _asked(served_city, "三个小区都停电了", lon=LON, lat=LAT)
    steps.sign_in(desk, served_city, "operator", "")
    desk.goto(f"{served_city.url}/desk/banners/new/?case={number}")
    desk.fill("[name=words_zh]", "和平一带三个小区停电，抢修队已到场")
    desk.fill("[name=words_en]", "Power is out in three compounds; a crew is there")
    desk.fill("[name=radius_m]", "600")
    axe(desk)
    desk.get_by_role("button", name="立即发布").click()
    expect(desk.get_by_role("heading", name="抢修队已到场")).to_be_visible()
    page.goto(f"{served_city.url}/ask/power_failure/")
    expect(page.locator("#known")).to_contain_text("抢修队已到场")
    axe(page)
    caught = _asked(served_city, "我家也停电了", lon=LON, lat=LAT)
    assert caught == number
    axe(desk)
    desk.get_by_role("button", name="撤下并告知所有人").click()
    expect(desk.locator("#notice")).to_contain_text("告知")
    page.goto(f"{served_city.url}/ask/power_failure/")
    expect(page.locator("#known")).not_to_contain_text("抢修队已到场")
