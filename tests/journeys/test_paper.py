"""An ask on paper, from the printed form to the asker's page; the papers looked at as a printer and a camera would."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from bihuan.kernel import ids
from tests import browser
from tests.city import City
from tests.journeys import steps

DESK = {"viewport": {"width": 1280, "height": 900}}
SIDE = 420
READ = """async ([source, side]) => {
  const square = document.querySelector(".ask__square svg").cloneNode(true);
  square.setAttribute("width", side); square.setAttribute("height", side);
  const picture = new Image();
  picture.src = "data:image/svg+xml," + encodeURIComponent(square.outerHTML);
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), {width: side, height: side});
  const drawn = canvas.getContext("2d");
  drawn.drawImage(picture, 0, 0, side, side);
  const module = {exports: {}};
  new Function("module", "exports", source)(module, module.exports);
  const found = (module.exports.default || module.exports)(drawn.getImageData(0, 0, side, side).data, side, side);
  return found && found.data;
}"""


@pytest.fixture
def desk(chromium: Any) -> Iterator[Any]:
    with browser.page(chromium, bypass_csp=True, **DESK) as page:
        yield page


def _reserve(desk: Any, city: City, count: int, service: str = "") -> None:
    steps.sign_in(desk, city, "operator", "")
    desk.goto(f"{city.url}/desk/paper/")
    desk.fill("[name=count]", str(count))
    if service:
        desk.select_option("[name=service]", label=service)
    desk.click("form[action='/desk/paper/reserve/'] button")
    desk.wait_for_url("**/desk/paper/block/**")


def _numbers(desk: Any) -> list[str]:
    shown = desk.locator(".ask__id .ask__number").all_inner_texts()
    return [text.replace(" ", "") for text in shown]


def _square(desk: Any, root: Path) -> str:
    """Return what a camera reads in the first form's square, as it stands on the page."""
    source = (root / "src/bihuan/faces/static/vendor/jsqr/jsQR.js").read_text()
    return str(desk.evaluate(READ, [source, SIDE]))


def _pages(pdf: Path) -> list[str]:
    said = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return [page for page in said.stdout.split("\f") if page.strip()]


def test_a_form_is_printed_comes_back_and_is_found_by_its_number(
    served_city: City, desk: Any, page: Any, root: Path
) -> None:
    _reserve(desk, served_city, 1)
    (number,) = _numbers(desk)
    address = _square(desk, root)
    assert ids.is_printed(number) and address == f"{served_city.url}/p/{number}/"

    page.goto(address)
    expect(page.locator("main")).to_contain_text("尚未录入")

    desk.goto(address)
    desk.fill("[name=name]", "安娜")
    desk.fill("[name=text]", "药快没了")
    desk.select_option("[name=service]", "medicine")
    expect(desk.locator("[name=q_drug]")).to_be_visible()
    desk.fill("[name=q_drug]", "二甲双胍")
    desk.press("[name=q_drug]", "Enter")
    expect(desk.locator("[role=status]").filter(has_text=ids.format_receipt(number))).to_be_visible()
    desk.locator("[role=status] a").click()
    expect(desk.locator("main")).to_contain_text(ids.format_receipt(number))

    page.goto(address)
    expect(page).to_have_url(f"{served_city.url}/r/{number}/")


def test_a_pile_is_entered_with_the_keyboard_alone(served_city: City, desk: Any) -> None:
    _reserve(desk, served_city, 2)
    numbers = _numbers(desk)
    desk.goto(f"{served_city.url}/desk/paper/enter/")
    for number in numbers:
        # The page puts the cursor there by itself, a moment after its address has changed.
        expect(desk.locator("#paper-number")).to_be_focused()
        desk.keyboard.type(number)
        desk.keyboard.press("Enter")
        desk.wait_for_url(f"**/desk/paper/enter/{number}/")
        desk.locator("[name=text]").focus()
        desk.keyboard.type("灯灭了")
        desk.locator("[name=service]").focus()
        desk.keyboard.press("ArrowDown")
        desk.locator("[name=name]").focus()
        desk.keyboard.press("Enter")
        desk.wait_for_url("**/desk/paper/enter/")
    expect(desk.locator(".head .badge")).to_contain_text("2")
    expect(desk.locator("#paper-number")).to_be_focused()


@pytest.mark.parametrize(("size", "pages"), [("a4", 3), ("a5", 2)])
@pytest.mark.parametrize(("language", "word"), [("zh-hans", "求助登记表"), ("en", "Ask for help")])
def test_three_forms_fill_their_sheets_and_no_more(
    served_city: City, desk: Any, tmp_path: Path, size: str, pages: int, language: str, word: str
) -> None:
    _reserve(desk, served_city, 3, "停电与用电")
    numbers = _numbers(desk)
    desk.goto(f"{desk.url}?size={size}&language={language}")
    desk.pdf(path=str(tmp_path / "forms.pdf"), prefer_css_page_size=True)
    printed = _pages(tmp_path / "forms.pdf")
    text = "\n".join(printed)
    assert len(printed) == pages
    assert text.count(word) == 3
    assert all(re.sub(r"[^\d]", "", text).count(number) == 2 for number in numbers)


@pytest.mark.parametrize("page", [{}, {"locale": "en"}, {"color_scheme": "dark"}], indirect=True)
def test_the_pages_of_paper_are_accessible_and_fit_a_telephone(
    served_city: City, page: Any, axe: Any
) -> None:
    _reserve(page, served_city, 1)
    (number,) = _numbers(page)
    for path in (page.url, "/desk/paper/", "/desk/paper/enter/", f"/desk/paper/enter/{number}/"):
        page.goto(path if path.startswith("http") else served_city.url + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_lists_are_printed_and_their_results_page_is_accessible(
    served_city: City, page: Any, axe: Any
) -> None:
    steps.sign_in(page, served_city, "officer", "power")
    page.goto(f"{served_city.url}/desk/paper/")
    axe(page)
    page.click("form[action='/desk/paper/list/shift/'] button")
    expect(page.locator(".listing h1")).to_be_visible()
    axe(page)
    page.locator(".listing .callout a").click()
    expect(page.locator("main")).to_contain_text("最新的打印件")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
