"""Every page of the portal: rules of accessibility, in light and dark, 360 wide, in both languages."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests import browser
from tests.city import City
from tests.journeys import steps

pytestmark = pytest.mark.slow
PAGES = (
    "/", "/?q=%E8%8D%AF", "/?q=xyzzy", "/ask/medicine/", "/ask/rubbish/", "/ask/counselling/", "/find/",
    "/find/?receipt=1234", "/board/", "/about/", "/offline/", "/no-such-page/",
)  # fmt: skip
LOOKS = [("light", "zh-CN"), ("dark", "en-GB")]


@pytest.fixture(scope="module")
def receipt(served_city: City, chromium: Any) -> Iterator[str]:
    """The receipt of an ask that was made in another browser."""
    with browser.page(chromium) as page:
        yield steps.ask_for_medicine(page, served_city.url)


@pytest.fixture(params=LOOKS, ids=["light-zh", "dark-en"])
def look(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    scheme, locale = request.param
    with browser.page(chromium, color_scheme=scheme, locale=locale, service_workers="block") as page:
        yield page


def is_within_the_screen(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_every_page_keeps_the_rules_and_fits_a_telephone(served_city: City, look: Any, axe: Any) -> None:
    for path in PAGES:
        look.goto(served_city.url + path)
        axe(look)
        assert is_within_the_screen(look), path


def test_an_unfit_form_and_the_warning_of_danger_keep_them_too(
    served_city: City, look: Any, axe: Any
) -> None:
    look.goto(f"{served_city.url}/ask/medicine/")
    look.click("#ask [type=submit]")
    look.locator("[data-error-summary]").wait_for()
    axe(look)
    steps.fill_medicine(look, served_city.url, text="昏迷")
    look.click("#ask [type=submit]")
    look.locator("#danger").wait_for()
    axe(look)


def test_receipt_and_status_keep_them_before_and_after_the_digits(
    served_city: City, look: Any, axe: Any, receipt: str
) -> None:
    for path in ("card/", ""):
        look.goto(f"{served_city.url}/r/{receipt}/{path}")
        axe(look)
        assert is_within_the_screen(look), path
    look.fill("#digits", steps.DIGITS)
    look.press("#digits", "Enter")
    look.get_by_text("隔壁奶奶").wait_for()
    look.locator("summary", has_text=re.compile("补充内容|Add something")).click()
    axe(look)
    assert is_within_the_screen(look)


def test_the_map_opens_and_a_point_is_taken_from_it(served_city: City, look: Any, axe: Any) -> None:
    look.goto(f"{served_city.url}/ask/medicine/")
    look.click("[data-open-map]")
    canvas = look.locator("[data-map] canvas")
    canvas.wait_for()
    axe(look)
    canvas.focus()
    look.keyboard.press("Enter")
    look.locator("[data-place-chosen]").wait_for()
    assert float(look.locator("[name=lon]").input_value())


def test_the_colours_can_be_switched_and_stay_switched(served_city: City, page: Any) -> None:
    page.goto(served_city.url)
    switch = page.locator("[data-theme-switch]")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    page.goto(f"{served_city.url}/about/")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_language_can_be_switched_on_the_spot(served_city: City, page: Any) -> None:
    page.goto(f"{served_city.url}/ask/medicine/")
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/ask/medicine/")
    assert page.locator("h1").inner_text() == "Medicine"
