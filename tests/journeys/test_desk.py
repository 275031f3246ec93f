"""Officers, operators and the commander at their desks, in a browser."""

import json
import re
import time
import urllib.request
from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.city import City
from tests.journeys import steps

DESK = {"viewport": {"width": 1280, "height": 900}}
OPENED_WITHIN_S = 60
_numbers = count(1)


@pytest.fixture
def desk(chromium: Any) -> Iterator[Any]:
    with browser.page(chromium, **DESK) as page:
        yield page


@pytest.fixture
def without_scripts(chromium: Any) -> Iterator[Any]:
    with browser.page(chromium, java_script_enabled=False, **DESK) as page:
        yield page


def _call(
    city: City, path: str, body: dict[str, Any] | None = None, *, role: str = "operator", agency: str = ""
) -> Any:
    """Ask the city's API as a member of staff."""
    request = urllib.request.Request(city.url + path, method="POST" if body is not None else "GET")
    request.add_header("Authorization", f"Bearer {city.account(role, agency)['token']}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, json.dumps(body).encode() if body is not None else None) as answer:
        return json.load(answer)


def _asked(city: City, text: str, **said: Any) -> int:
    """Ask for something through the door; return the number of the Case that the worker opened."""
    body = {
        "client_id": f"desk-{uuid4().hex}",
        "channel": "web",
        "service": "power_failure",
        "text": text,
        "answers": {"extent": "building", "matter": "out"},
        "site": "某小区",
        "name": "安娜",
        "phone": f"1990000{next(_numbers):04d}",
        **said,
    }
    receipt = _call(city, "/door/api", body)["receipt"]
    until = time.monotonic() + OPENED_WITHIN_S
    while time.monotonic() < until:
        found = _call(city, f"/api/v1/cases?receipt={receipt}")["items"]
        if found:
            return int(found[0]["id"])
        time.sleep(0.2)
    raise AssertionError("the worker opened no case")


def _accepted_by_another(city: City, number: int) -> None:
    _call(city, f"/api/v1/cases/{number}/accept", {}, role="supervisor", agency="power")


def _officer(page: Any, city: City) -> None:
    steps.sign_in(page, city, "officer", "power")


def test_the_queue_is_worked_by_keyboard(served_city: City, desk: Any) -> None:
    _asked(served_city, "停电了，一")
    _asked(served_city, "停电了，二")
    _officer(desk, served_city)
    rows = desk.locator("[data-row]")
    desk.keyboard.press("j")
    expect(rows.nth(0).locator("[data-open]")).to_be_focused()
    desk.keyboard.press("j")
    expect(rows.nth(1).locator("[data-open]")).to_be_focused()
    desk.keyboard.press("k")
    desk.keyboard.press("a")
    expect(rows.nth(0).locator(".status-accepted")).to_be_visible()
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    expect(desk.locator("#find")).to_be_focused()
    desk.keyboard.press("Escape")
    desk.locator("body").click(position={"x": 5, "y": 5})
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/desk/case/\d+/"))


def test_another_officers_accept_shows_in_the_row_where_it_stands(served_city: City, desk: Any) -> None:
    number = _asked(served_city, "楼道没有灯")
    _officer(desk, served_city)
    row = desk.locator(f"#case-{number}")
    row.locator("[data-open]").focus()
    desk.evaluate("window.same = true")
    expect(desk.locator("#live")).to_have_attribute("data-live", "yes")
    _accepted_by_another(served_city, number)
    expect(row.locator(".status-accepted")).to_be_visible()
    expect(row.locator("[data-open]")).to_be_focused()
    assert desk.evaluate("window.same"), "the page was loaded again"


def test_a_new_case_waits_behind_a_bar(served_city: City, desk: Any) -> None:
    _officer(desk, served_city)
    expect(desk.locator("#live")).to_have_attribute("data-live", "yes")
    number = _asked(served_city, "整栋楼停电")
    expect(desk.locator("#fresh a")).to_be_visible()
    assert desk.locator(f"#case-{number}").count() == 0
    desk.locator("#fresh a").click()
    expect(desk.locator(f"#case-{number}")).to_be_visible()


def test_who_comes_second_is_told_who_was_first(served_city: City, desk: Any) -> None:
    number = _asked(served_city, "电梯停了")
    desk.route("**/live*", lambda route: route.abort())  # so that the page knows nothing of it yet
    _officer(desk, served_city)
    desk.goto(f"{served_city.url}/desk/case/{number}/")
    _accepted_by_another(served_city, number)
    steps.do(desk, "accept")
    expect(desk.locator("#refusal")).to_contain_text(
        served_city.account("supervisor", "power")["display_name"]
    )
    expect(desk.locator(".case__head .status-accepted")).to_be_visible()


def test_without_scripts_the_second_is_told_too(served_city: City, without_scripts: Any) -> None:
    number = _asked(served_city, "空调跳闸")
    _officer(without_scripts, served_city)
    without_scripts.goto(f"{served_city.url}/desk/case/{number}/")
    _accepted_by_another(served_city, number)
    steps.do(without_scripts, "accept")
    expect(without_scripts.locator("#refusal")).to_be_visible()


def test_what_is_being_typed_is_not_taken_away(served_city: City, desk: Any) -> None:
    number = _asked(served_city, "电表箱冒烟味")
    _officer(desk, served_city)
    desk.goto(f"{served_city.url}/desk/case/{number}/")
    expect(desk.locator("#live")).to_have_attribute("data-live", "yes")
    desk.locator("#deed-note summary").click()
    desk.locator("#deed-note textarea").fill("正在写的一句话")
    _accepted_by_another(served_city, number)
    expect(desk.locator("#news")).to_be_visible()
    expect(desk.locator("#deed-note textarea")).to_have_value("正在写的一句话")
    desk.locator("[data-refresh]").click()
    expect(desk.locator(".case__head .status-accepted")).to_be_visible()


def test_what_was_unfolded_while_news_were_on_their_way_stays(served_city: City, desk: Any) -> None:
    number = _asked(served_city, "变压器响")
    _officer(desk, served_city)
    desk.goto(f"{served_city.url}/desk/case/{number}/")
    expect(desk.locator("#live")).to_have_attribute("data-live", "yes")
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    desk.route(re.compile(r"/desk/case/\d+/$"), hold)
    with desk.expect_request(re.compile(r"/desk/case/\d+/$")):
        _accepted_by_another(served_city, number)
    desk.locator("#deed-note summary").click()
    held[0].continue_()
    expect(desk.locator("#news")).to_be_visible()
    expect(desk.locator("#deed-note textarea")).to_be_visible()


def test_a_telephone_is_shown_after_its_purpose_was_said(served_city: City, desk: Any) -> None:
    number = _asked(served_city, "要回电", phone="19900007788")
    _officer(desk, served_city)
    desk.goto(f"{served_city.url}/desk/case/{number}/")
    expect(desk.locator("#h-askers ~ .asker")).to_contain_text("•••• 7788")
    desk.locator("a[href*='/phone/']").click()
    desk.get_by_role("button", name="给诉求人回电").click()
    expect(desk.locator("[data-revealed]")).to_have_text("+8619900007788")


def test_a_twin_is_merged_from_beside_the_case(served_city: City, desk: Any) -> None:
    first = _asked(served_city, "三栋停电", phone="19900007001")
    second = _asked(served_city, "三栋还没来电", phone="19900007001")
    steps.sign_in(desk, served_city, "operator", "hotline")
    desk.goto(f"{served_city.url}/desk/case/{second}/")
    desk.locator(f".twin:has(a[href='/desk/case/{first}/']) button").click()
    expect(desk.locator(".case__head .status-merged")).to_be_visible()


def test_a_caller_with_an_open_case_is_known_as_the_number_is_typed(served_city: City, desk: Any) -> None:
    number = _asked(served_city, "家里停电", phone="19900006001")
    steps.sign_in(desk, served_city, "operator", "hotline")
    desk.goto(f"{served_city.url}/desk/enter/")
    desk.locator("#id_phone").press_sequentially("19900006001")
    known = desk.locator("#caller .known")
    expect(known).to_contain_text("家里停电")
    known.locator("[name=text]").fill("来电人说还没有人来")
    known.locator("button").click()
    expect(desk).to_have_url(re.compile(rf"/desk/case/{number}/"))
    expect(desk.locator(".timeline")).to_contain_text("来电人说还没有人来")


def test_a_call_is_taken_in_and_the_receipt_read_aloud(served_city: City, desk: Any) -> None:
    steps.sign_in(desk, served_city, "operator", "hotline")
    desk.goto(f"{served_city.url}/desk/enter/")
    desk.locator("#id_phone").fill("19900006002")
    desk.locator("#service-find").fill("停电")
    desk.locator("#service-find").press("Enter")
    expect(desk.locator("#questions .field").first).to_be_visible()
    desk.locator("#id_text").fill("老人胸痛，家里又停电")
    expect(desk.locator("#danger")).to_be_visible()
    desk.locator("#id_text").fill("整栋楼停电")
    expect(desk.locator("#danger")).to_be_hidden()
    desk.locator("[name=q_extent]").select_option("building")
    desk.locator("[name=q_matter]").select_option("out")
    desk.locator("#id_site").fill("某小区")
    desk.locator("main form .actions .button").first.click()
    expect(desk.locator("#receipt")).to_have_text(re.compile(r"^\d{4} \d{4} \d{4}$"))


def test_triage_decides_a_row_by_keyboard(served_city: City, desk: Any) -> None:
    number = _asked(served_city, "不知道归谁管")
    _call(
        served_city,
        f"/api/v1/cases/{number}/return_to_triage",
        {"reason": "不归我们"},
        role="officer",
        agency="power",
    )
    steps.sign_in(desk, served_city, "operator", "hotline")
    desk.goto(f"{served_city.url}/desk/triage/")
    row = desk.locator(f"#case-{number}")
    expect(row.locator(".trow__reason")).to_contain_text("不归我们")
    row.locator("[data-open]").focus()
    desk.keyboard.press("x")
    expect(desk.locator("#marked")).to_have_text("1")
    row.locator("select[name=agency]").select_option(index=1)
    row.locator("[data-open]").focus()
    desk.keyboard.press("a")
    expect(desk.locator(f"#case-{number}.trow--done")).to_be_visible()


def test_the_map_draws_the_city_and_the_list_says_the_same(served_city: City, desk: Any) -> None:
    number = _asked(served_city, "路边变压器响", lon=113.1325, lat=27.8278)
    outside: list[str] = []
    desk.on(
        "request",
        lambda request: (
            outside.append(request.url)
            if not request.url.startswith((served_city.url, "blob:", "data:"))
            else None
        ),
    )
    steps.sign_in(desk, served_city, "commander", "command")
    desk.goto(f"{served_city.url}/desk/map/")
    box = desk.locator("#city-map[data-ready]")
    expect(box).to_be_visible()
    assert int(box.get_attribute("data-ready") or 0) == desk.locator("#map-list .spot").count() == 9
    desk.locator("#map-list .spot").first.click()
    expect(desk.locator(f"#map-list a[href='/desk/case/{number}/'], #map-list h2").first).to_be_visible()
    expect(desk.locator("#map-list button.spot")).to_have_count(0)
    assert outside == []


def test_the_board_draws_every_chart_and_gives_it_as_a_table(served_city: City, desk: Any) -> None:
    _asked(served_city, "看板上的一件")
    steps.sign_in(desk, served_city, "commander", "command")
    desk.goto(f"{served_city.url}/desk/board/")
    charts = desk.locator("[data-chart]")
    expect(desk.locator("[data-chart][data-drawn] canvas")).to_have_count(charts.count())
    assert charts.count() >= 5
    table = desk.locator(".chart .disclosure").first
    table.locator("summary").click()
    expect(table.locator("tbody tr").first).to_be_visible()


PAGES = {
    ("operator", "hotline"): ["enter/", "triage/"],
    ("officer", "power"): ["", "search/?q=停电", "me/"],
    ("commander", "command"): ["map/", "board/"],
    ("auditor", "command"): ["audit/"],
    ("supervisor", "power"): ["failed/"],
}


@pytest.mark.parametrize(("role", "agency"), list(PAGES))
def test_every_page_can_be_used_by_everybody(
    served_city: City, page: Any, axe: Any, role: str, agency: str
) -> None:
    _asked(served_city, "停电，每一页都要好用")
    steps.sign_in(page, served_city, role, agency)
    for path in PAGES[role, agency]:
        for width, scheme in ((360, "dark"), (1280, "light")):
            _look(page, f"{served_city.url}/desk/{path}", width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            axe(page)


def _look(page: Any, url: str, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(url)
    for drawn in ("#city-map[data-ready]", "[data-chart][data-drawn]"):
        if page.locator(drawn.rpartition("[")[0]).count():
            page.locator(drawn).first.wait_for()


def test_the_case_page_can_be_used_by_everybody(served_city: City, page: Any, axe: Any) -> None:
    number = _asked(served_city, "停电，工单页也要好用", lon=113.13, lat=27.83)
    _officer(page, served_city)
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{served_city.url}/desk/case/{number}/")
        expect(page.locator("#case-map canvas")).to_be_visible()
        page.locator("#deed-return_to_triage summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        axe(page)
