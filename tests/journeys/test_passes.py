"""The suit-maker's story in a browser: apply on a telephone, review by keyboard, show and print the pass."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.city import City
from tests.journeys import steps
from tests.journeys.road import apply, approve_by_keyboard

WIDE = {"viewport": {"width": 1280, "height": 900}, "locale": "en"}


@pytest.fixture
def wide(chromium: Any) -> Iterator[Any]:
    with browser.page(chromium, **WIDE) as page:
        yield page


def test_a_pass_is_applied_for_reviewed_by_keyboard_shown_and_printed(
    served_city: City, page: Any, wide: Any, axe: Any
) -> None:
    receipt = apply(page, served_city.url, "湘B66601")
    axe(page)
    steps.sign_in(wide, served_city, "officer", "health")
    wide.goto(f"{served_city.url}/passes/")
    axe(wide)
    approve_by_keyboard(wide, "湘B·66601")
    page.goto(f"{served_city.url}/passes/r/{receipt}/pass/")
    expect(page.locator(".pass__big")).to_have_text("湘B·66601")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    printed = page.request.get(f"{served_city.url}/passes/r/{receipt}/pass.pdf")
    assert printed.ok and printed.body().startswith(b"%PDF")


def test_the_pages_keep_the_rules_on_a_telephone(served_city: City, page: Any, axe: Any) -> None:
    for path in ("apply/", "apply/many/", "find/"):
        page.goto(f"{served_city.url}/passes/{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def test_the_desks_pages_keep_the_rules(served_city: City, wide: Any, axe: Any) -> None:
    steps.sign_in(wide, served_city, "officer", "health")
    for path in ("", "?tab=valid", "trips/", "search/", "enter/", "rules/"):
        wide.goto(f"{served_city.url}/passes/{path}")
        axe(wide)
        assert wide.evaluate("document.documentElement.scrollWidth") <= 1280
