"""The portal in a browser that runs no script at all."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.city import City
from tests.journeys import steps

pytestmark = pytest.mark.slow
NO_SCRIPT = {"java_script_enabled": False}
no_script = pytest.mark.parametrize("page", [NO_SCRIPT], indirect=True)


@no_script
def test_an_ask_can_be_found_made_and_followed(served_city: City, page: Any, chromium: Any) -> None:
    page.goto(served_city.url)
    page.fill("#q", "买药")
    page.press("#q", "Enter")
    page.get_by_role("link", name="购药送药").click()
    receipt = steps.ask_for_medicine(page, served_city.url)
    page.get_by_role("link", name="看办到哪一步").click()
    expect(page.locator(".timeline li").first).to_be_visible()
    with browser.page(chromium, **NO_SCRIPT) as other:
        other.goto(f"{served_city.url}/r/{receipt}/")
        other.fill("#digits", steps.DIGITS)
        other.press("#digits", "Enter")
        expect(other.locator("main")).to_contain_text("隔壁奶奶")


@no_script
def test_a_form_that_comes_back_has_lost_nothing_not_even_the_photo(
    served_city: City, page: Any, tmp_path: Path
) -> None:
    steps.fill_medicine(page, served_city.url, phone="12")
    page.set_input_files("[name=photo]", steps.photo_file(tmp_path))
    page.click("#ask [type=submit]")
    expect(page.locator("[data-field=phone] .error")).to_be_visible()
    assert page.locator("[name=text]").input_value() == "隔壁奶奶卧床，药快没了"
    page.fill("[name=phone]", steps.PHONE)
    steps.send(page)
    page.get_by_role("link", name="看办到哪一步").click()
    photo = page.locator(".proof img")
    expect(photo).to_be_visible()
    assert page.request.get(served_city.url + photo.get_attribute("src")).ok


@no_script
def test_the_place_is_found_by_its_name_and_asked_for_where_that_is_not_enough(
    served_city: City, page: Any
) -> None:
    page.goto(f"{served_city.url}/ask/medicine/")
    expect(page.locator("[data-open-map]")).to_be_hidden()
    steps.fill_medicine(page, served_city.url, site="")
    page.click("#ask [type=submit]")
    expect(page.locator("#id_site_error")).to_be_visible()
    page.select_option("[name=district]", index=1)
    steps.send(page)


@no_script
def test_danger_is_met_with_the_number_and_a_way_on(served_city: City, page: Any) -> None:
    steps.fill_medicine(page, served_city.url, text="奶奶昏迷了")
    page.click("#ask [type=submit]")
    assert page.locator(".danger-now__call").first.get_attribute("href") == "tel:120"
    page.click("[name=anyway]")
    expect(page.locator(".receipt__number")).to_be_visible()
