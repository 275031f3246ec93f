"""The pages by which agencies' servers and webhooks are linked, in a browser."""

from typing import Any

import pytest

from tests import browser
from tests.city import City
from tests.journeys import steps


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_pages_fit_and_break_no_rule(
    chromium: Any, axe: Any, served_city: City, width: int, language: str
) -> None:
    with browser.page(chromium, viewport={"width": width, "height": 900}, locale=language) as page:
        steps.sign_in(page, served_city, "administrator", "")
        for path in ("/abroad/", "/desk/webhooks/"):
            page.goto(served_city.url + path)
            look(page, axe, f"{path.strip('/').replace('/', '-')}-{language}-{width}")
        page.goto(served_city.url + "/abroad/")
        chosen = page.locator("select[name=agency] option:not([value=''])").first.get_attribute("value")
        page.select_option("select[name=agency]", chosen)
        page.fill("input[name=url]", "https://peer.example/v2")
        page.locator("form.card button").last.click()
        page.wait_for_timeout(1000)
        if page.url == f"{served_city.url}/abroad/":
            page.locator("ul.canned a").first.click()  # another language has linked it before
        look(page, axe, f"link-{language}-{width}")


def look(page: Any, axe: Any, name: str) -> None:
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
