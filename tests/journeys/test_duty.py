"""A played exchange and a played gateway: who calls is seen at once, and a drill counts who answers."""

import json
import re
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.city import City, serving
from tests.journeys import steps
from tests.made import environment_of, loaded_database
from tests.spine.messages import webserver
from tests.spine.messages.webserver import Far

pytestmark = pytest.mark.slow
DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}
KEY, CALLER = "the-exchange-knows-it", "19900004411"
LOOKS = [(360, "zh-CN", "light"), (360, "en-GB", "dark"), (1280, "zh-CN", "dark"), (1280, "en-GB", "light")]
WITHIN_S = 60


@pytest.fixture(scope="module")
def gateway() -> Iterator[Far]:
    with webserver.serving() as far:
        yield far


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, gateway: Far) -> Iterator[City]:
    """A city with an exchange and a gateway for text messages."""
    folder: Path = tmp_path_factory.mktemp("duty")
    with loaded_database(folder) as database_url:
        environment = environment_of(folder, database_url) | {
            "BIHUAN_TELEPHONE_KEY": KEY, "BIHUAN_SMS_IN_KEY": KEY, "BIHUAN_SMS_URL": f"{gateway.url}/send",
            "BIHUAN_MESSAGE_CHANNELS": "screen,sms", "BIHUAN_PRIVATE_TARGETS": "yes",
        }  # fmt: skip
        with serving(environment, folder, "serve") as (url, process):
            yield City(url, environment, folder, process)


def _post(city: City, path: str, **said: str) -> Any:
    request = urllib.request.Request(city.url + path, urlencode(said).encode())
    request.add_header("Authorization", f"Bearer {KEY}")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _rings(city: City, call_id: str, caller: str = CALLER, event: str = "ringing") -> int:
    said = {"caller": caller, "extension": "8001", "call_id": call_id, "event": event}
    return int(_post(city, "/api/v1/channels/telephone", **said)["call"])


def _ask(city: City, text: str, phone: str) -> int:
    """Ask through the door; return the number of the Case."""
    body = {
        "client_id": f"duty-{uuid4().hex}", "channel": "web", "service": "power_failure", "text": text,
        "answers": {"extent": "building", "matter": "out"}, "site": "某小区", "phone": phone, "language": "en",
    }  # fmt: skip
    receipt = _call(city, "/door/api", body)["receipt"]
    return int(_until(lambda: _call(city, f"/api/v1/cases?receipt={receipt}")["items"])[0]["id"])


def _call(city: City, path: str, body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(city.url + path, json.dumps(body).encode() if body else None)
    request.add_header("Authorization", f"Bearer {city.account('operator')['token']}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _until(ask: Any) -> Any:
    until = time.monotonic() + WITHIN_S
    while time.monotonic() < until:
        if found := ask():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not happen")


@pytest.fixture
def desk(chromium: Any) -> Iterator[Any]:
    with browser.page(chromium, **DESK) as page:
        yield page


@pytest.mark.parametrize("path", ["/desk/", "/desk/search/"])
def test_a_call_is_seen_without_reloading_and_becomes_an_ask(city: City, desk: Any, path: str) -> None:
    caller = f"1990000{uuid4().int % 10_000:04d}"
    known = _ask(city, "电梯停了", caller)
    steps.sign_in(desk, city, "operator", "hotline")
    desk.goto(city.url + path)
    desk.evaluate("window.same = true")
    desk.wait_for_timeout(1500)  # until the page listens
    number = _rings(city, f"journey-{uuid4().hex}", caller)
    link = desk.locator(f"#calls a[href$='?call={number}']")
    expect(link).to_be_visible()
    expect(desk.locator("#calls")).to_contain_text(f"•••• {caller[-4:]}")
    assert desk.evaluate("window.same"), "the page was loaded again"
    link.click()
    expect(desk.locator("#caller")).to_contain_text("电梯停了")
    expect(desk.locator(f"#caller a[href='/desk/case/{known}/']")).to_be_visible()
    expect(desk.locator("#id_site")).to_have_value("某小区")
    assert caller not in desk.content()
    desk.check("[name=service][value=rubbish]")
    expect(desk.locator("#questions select").first).to_be_visible()
    for k in range(desk.locator("#questions select").count()):
        desk.locator("#questions select").nth(k).select_option(index=1)
    desk.fill("#id_text", "垃圾三天没收")
    desk.get_by_role("button", name=re.compile("Take in")).click()
    expect(desk.locator(".receipt__number, .receipt")).to_be_visible()
    _rings(city, f"other-{uuid4().hex}")
    expect(desk.locator("#calls")).not_to_contain_text(caller[-4:])


def test_the_callers_number_is_shown_for_a_purpose(city: City, desk: Any) -> None:
    steps.sign_in(desk, city, "operator", "hotline")
    desk.goto(f"{city.url}/desk/telephone/pop?number={CALLER}&call=soft-{uuid4().hex}")
    assert CALLER not in desk.url
    desk.locator("#call-number a").click()
    desk.locator("#call-number button").first.click()
    expect(desk.locator("[data-revealed]")).to_have_text(f"+86{CALLER}")


def _reached_at(page: Any, city: City, role: str, phone: str) -> None:
    steps.sign_in(page, city, role, "power")
    page.goto(f"{city.url}/desk/me/")
    page.fill("#reach-new", phone)
    page.press("#reach-new", "Enter")
    expect(page.locator(".reach")).to_contain_text(f"•••• {phone[-4:]}")


def _words_to(gateway: Far, phone: str) -> str:
    said = [json.loads(one.body) for one in list(gateway.asked)]
    return next((str(one["text"]) for one in said if one["to"] == f"+86{phone}"), "")


def test_a_drill_counts_who_answers_by_link_and_by_code(
    city: City, chromium: Any, gateway: Far, axe: Any
) -> None:
    with browser.page(chromium, **DESK) as officer, browser.page(chromium, **DESK) as desk:
        _reached_at(desk, city, "supervisor", "19900008801")
        _reached_at(officer, city, _on_duty_role(city), "19900008802")
        desk.goto(f"{city.url}/desk/drills/")
        desk.get_by_role("button", name="Send the test").click()
        desk.wait_for_url(re.compile(r"/desk/drills/\d+/$"))
        expect(desk.locator("#live")).to_have_attribute("data-live", "yes")
        desk.evaluate("window.same = true")
        words = _until(lambda: _words_to(gateway, "19900008801"))
        assert "DRILL" in words
        code = re.search(r"\b\d{6}\b", words.partition("/d/")[2].partition("/")[2])
        assert code, words
        reply = _post(city, "/api/v1/channels/sms", phone="19900008801", text=code[0], id=uuid4().hex)[
            "reply"
        ]
        assert "演练" in reply or "DRILL" in reply
        answered = desk.locator(".drill__figures .card").nth(1)
        expect(answered).to_contain_text("1 answered in the window")
        assert desk.evaluate("window.same"), "the page was loaded again"
        _by_link(chromium, axe, city, gateway)
        desk.get_by_role("button", name="End the drill now").click()
        expect(desk.locator(".drill__figures")).to_contain_text("The window is over")
        expect(desk.locator("[data-chart=drill-channels]")).to_have_attribute("data-drawn", "yes")


def _on_duty_role(city: City) -> str:
    return "officer"


def _by_link(chromium: Any, axe: Any, city: City, gateway: Far) -> None:
    """Open the link that went to another telephone, in a browser where nobody is signed in."""
    words = _words_to(gateway, "19900008802")
    if not words:
        pytest.skip("the officer is off duty at this hour")
    address = re.search(r"/d/[\w-]+/", words)
    assert address
    with browser.page(chromium) as telephone:
        telephone.goto(city.url + address[0])
        axe(telephone)
        telephone.locator("form button").last.click()
        expect(telephone.locator("[role=status].lead")).to_be_visible()


@pytest.mark.parametrize(("width", "locale", "scheme"), LOOKS)
def test_the_pages_keep_the_rules_and_fit(
    city: City, chromium: Any, axe: Any, width: int, locale: str, scheme: str, tmp_path: Path
) -> None:
    look = {"viewport": {"width": width, "height": 900}, "locale": locale, "color_scheme": scheme}
    pages = {
        "administrator": ["/desk/channels/", "/desk/drills/", "/desk/me/"],
        "operator": [f"/desk/telephone/pop?number={CALLER}&call=looks-{width}-{scheme}", "/desk/"],
        "supervisor": ["/desk/drills/"],
    }
    _ask(city, "看一看", CALLER)
    _rings(city, f"looks-{uuid4().hex}")
    for role, paths in pages.items():
        with browser.page(chromium, **look) as page:
            steps.sign_in(page, city, role, "power" if role == "supervisor" else "")
            for path in paths:
                page.goto(city.url + path)
                axe(page)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
