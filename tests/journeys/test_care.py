"""The care list on a telephone at the door, and at the supervisor's desk."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.city import City
from tests.journeys import steps

WIDE = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark", "locale": "en"}


@pytest.fixture
def wide(chromium: Any) -> Iterator[Any]:
    with browser.page(chromium, **WIDE) as page:
        yield page


def test_a_round_is_made_with_one_tap_a_door(served_city: City, page: Any, axe: Any) -> None:
    steps.sign_in(page, served_city, "officer", "hetang")
    page.goto(f"{served_city.url}/protection/people/")
    axe(page)
    page.get_by_role("table").get_by_role("link").first.click()
    number = re.findall(r"\d+", page.url.partition("/people/")[2])[0]
    row = page.locator(f"#care-{number}")
    row.get_by_role("button", name="一切安好").click()
    expect(row).to_have_attribute("data-done", "")
    page.reload()
    expect(page.locator(".timeline")).to_contain_text("一切安好")
    axe(page)
    _reveals(page)
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def _reveals(page: Any) -> None:
    door = page.locator(".line", has_text="门牌号")
    expect(door).to_contain_text("••••")
    door.get_by_role("link").click()
    page.get_by_role("button", name="上门探访").click()
    expect(page.locator(".line .shown")).to_contain_text("单元")


def test_every_page_of_the_care_list_keeps_the_rules(served_city: City, wide: Any, axe: Any) -> None:
    steps.sign_in(wide, served_city, "officer", "hetang")
    for path in ("", "people/", "people/add/", "people/import/", "coverage/", "round/"):
        wide.goto(f"{served_city.url}/protection/{path}")
        axe(wide)
        assert wide.evaluate("document.documentElement.scrollWidth") <= WIDE["viewport"]["width"]  # type: ignore[index]
