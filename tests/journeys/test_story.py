"""The story: medicine for a bedridden neighbour, from the door to the asker's last word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.city import City
from tests.journeys import steps

pytestmark = pytest.mark.slow
DESK = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def desk(chromium: Any) -> Iterator[Any]:
    """A second browser, on an officer's table."""
    with browser.page(chromium, **DESK) as page:
        yield page


def test_one_ask_goes_from_the_door_through_a_no_to_closed(
    served_city: City, page: Any, desk: Any, tmp_path: Path
) -> None:
    receipt = _ana_asks(page, served_city.url)
    _an_agency_does_it(desk, served_city, receipt, steps.photo_file(tmp_path))
    _ana_says_no(page)
    expect(desk.locator(".status-reopened").first).to_be_visible()
    desk.reload()
    _report_done(desk, "补送了第二盒，已当面交给老人。", steps.photo_file(tmp_path))
    expect(steps.status_badge(page, "resolved")).to_be_visible()
    page.get_by_role("button", name="办好了", exact=True).click()
    expect(steps.status_badge(page, "closed")).to_be_visible()


def _ana_asks(page: Any, url: str) -> str:
    page.goto(url)
    page.fill("#q", "邻居奶奶要买药")
    page.locator("#services .results").wait_for()
    page.get_by_role("link", name="购药送药").click()
    receipt = steps.ask_for_medicine(page, url)
    page.get_by_role("link", name="看办到哪一步").click()
    expect(steps.status_badge(page, "waiting")).to_be_visible()
    return receipt


def _an_agency_does_it(desk: Any, city: City, receipt: str, photo: Path) -> None:
    steps.sign_in(desk, city, "officer", "health")
    steps.open_case(desk, city.url, receipt)
    steps.do(desk, "accept")
    expect(desk.locator(".status-accepted").first).to_be_visible()
    steps.do(desk, "add_task", title="买药送到门口")
    desk.locator("form[action$='/dispatch/'] select").select_option(index=1)
    desk.locator("form[action$='/dispatch/'] button").click()
    expect(desk.locator(".status-working").first).to_be_visible()
    _report_done(desk, "药已送到门口。", photo)
    expect(desk.locator(".status-resolved").first).to_be_visible()


def _report_done(desk: Any, reply: str, photo: Path) -> None:
    form = desk.locator("#deed-resolve")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    form.locator("[name=photo]").set_input_files(photo)
    form.locator("[name=reply]").fill(reply)
    form.locator("form button").click()


def _ana_says_no(page: Any) -> None:
    """The page changes by itself; the proof is on it; she is not content."""
    expect(steps.status_badge(page, "resolved")).to_be_visible()
    proof = page.locator(".proof img")
    expect(proof).to_be_visible()
    assert proof.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.get_by_text("没有办好", exact=True).click()
    page.fill("#reason", "只送来一盒，要两盒")
    page.get_by_role("button", name="没有办好，请重新办理").click()
    expect(steps.status_badge(page, "reopened")).to_be_visible()
    expect(page.locator(".timeline")).to_contain_text("只送来一盒，要两盒")


def test_another_device_needs_the_telephones_last_digits(served_city: City, page: Any, chromium: Any) -> None:
    receipt = steps.ask_for_medicine(page, served_city.url)
    with browser.page(chromium) as other:
        other.goto(f"{served_city.url}/find/")
        other.fill("#receipt", f"{receipt[:4]} {receipt[4:8]} {receipt[8:]}")
        other.press("#receipt", "Enter")
        expect(other.locator("#digits")).to_be_visible()
        assert "隔壁奶奶" not in other.content()
        other.fill("#digits", "0000")
        other.press("#digits", "Enter")
        expect(other.locator("#digits-error")).to_be_visible()
        other.fill("#digits", steps.DIGITS)
        other.press("#digits", "Enter")
        expect(other.locator("main")).to_contain_text("隔壁奶奶")


def test_words_of_danger_show_the_number_before_anything_is_sent(served_city: City, page: Any) -> None:
    steps.fill_medicine(page, served_city.url, text="奶奶昏迷了")
    page.click("#ask [type=submit]")
    call = page.locator("#danger .danger-now__call")
    expect(call).to_be_visible()
    assert call.get_attribute("href") == "tel:120"
    page.locator("#danger [data-anyway]").click()
    expect(page.locator(".receipt__number")).to_be_visible()


def test_the_story_can_be_started_with_the_keyboard_alone(served_city: City, page: Any) -> None:
    page.goto(f"{served_city.url}/ask/medicine/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.focus("[name=q_drug]")
    page.keyboard.type("胰岛素")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.focus("[name=site]")
    page.keyboard.type("小区")
    expect(page.locator("#site-list")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("[name=lon]").input_value()
    page.focus("[name=name]")
    page.keyboard.type("安娜")
    page.keyboard.press("Tab")
    page.keyboard.type(steps.PHONE)
    page.keyboard.press("Enter")
    expect(page.locator(".receipt__number")).to_be_visible()
