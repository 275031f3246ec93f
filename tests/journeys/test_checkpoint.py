"""A guard with a telephone and no network; a supervisor who sees the copied code."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.city import City
from tests.journeys import steps
from tests.journeys.road import enrol, show

pytestmark = pytest.mark.slow

ISSUE = """
import json
from datetime import timedelta
from bihuan.kernel import clock, ids
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.sealing import text_of
from bihuan.spine.accounts.models import Agency
now, agency = clock.now(), Agency.objects.order_by("pk")[0]
made = [Pass.objects.create(
    client_id=f"road-{n}", receipt=ids.new_receipt(), applicant="receiver", receiver="云里防护", sender="外市消毒",
    plate=f"湘B{n:05}", plate_colour="yellow", goods="medical", goods_name="防护服", quantity=8, unit="t",
    origin_code="430105", origin_name="长沙开福", destination_code="430202", destination_name="荷塘区",
    valid_from=now, valid_until=now + timedelta(hours=24), agency=agency, applied_at=now,
    status="issued", number=f"430202{n:06}", decided_at=now) for n in range(999001, 999005)]
print("made " + json.dumps([{"text": text_of(one), "number": one.number, "plate": one.plate} for one in made]))
"""
COUNT = "from bihuan.lines.passes.models import Scan; print('n', Scan.objects.filter(number='{}').count())"
REVOKE = """
from bihuan.kernel import clock
from bihuan.lines.passes.models import Pass
print(Pass.objects.filter(number='{}').update(status='revoked', halted_at=clock.now(), ended_at=clock.now()))
"""


@pytest.fixture(scope="session")
def issued(served_city: City) -> list[dict[str, str]]:
    return json.loads(served_city.bihuan("shell", "-v", "0", "-c", ISSUE).rsplit("made ", 1)[1])


@pytest.fixture
def made(issued: list[dict[str, str]]) -> dict[str, str]:
    """A pass that no other test has looked at."""
    return issued.pop()


def count_scans(city: City, number: str) -> int:
    return int(city.bihuan("shell", "-v", "0", "-c", COUNT.format(number)).rsplit("n ", 1)[1])


@pytest.fixture
def supervisor(served_city: City, chromium: Any) -> Iterator[Any]:
    with browser.page(chromium, viewport={"width": 1280, "height": 900}) as page:
        steps.sign_in(page, served_city, "supervisor", "")
        yield page


@pytest.fixture
def west(served_city: City, chromium: Any) -> Iterator[Any]:
    with browser.page(chromium) as page:
        yield page


def changed(text: str) -> str:
    """Return the code with another plate in it, which nobody signed."""
    import cbor2

    from bihuan.lines.passes.seal import base45

    protected, nothing, payload, signature = cbor2.loads(base45.decode(text[4:])[1:])
    said = cbor2.loads(payload)
    said[-65537][3] = "湘A99999"
    forged = cbor2.dumps([protected, nothing, cbor2.dumps(said, canonical=True), signature])
    return text[:4] + base45.encode(b"\xd2" + forged)


def test_without_a_network_a_guard_knows_a_good_pass_from_a_bad_one_and_every_scan_arrives_once(
    served_city: City, supervisor: Any, page: Any, made: dict[str, str]
) -> None:
    enrol(supervisor, served_city, page, "东卡口")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#network")).to_have_text("无网络")
    show(page, "4302 0200 0001 0")
    expect(page.locator("#typed-error")).to_be_visible()
    assert page.locator("#verdict").get_attribute("data-light") is None
    expect(show(page, made["text"])).to_have_attribute("data-light", "pass")
    expect(page.locator("#plate")).to_contain_text(made["plate"])
    expect(show(page, changed(made["text"]))).to_have_attribute("data-light", "refuse")
    expect(page.locator("#reason")).to_contain_text("篡改")
    page.fill("#plate-typed", made["plate"].lower())
    page.press("#plate-typed", "Enter")
    expect(page.locator("#reason")).to_contain_text("名单中有此通行证")
    expect(page.locator("#last li")).to_have_count(3)
    page.click("[data-outcome=let]")
    expect(page.locator("#waiting")).to_have_text("3 条查验待上传")
    assert count_scans(served_city, made["number"]) == 0
    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_have_text("查验已全部上传")
    page.reload()
    expect(page.locator("#waiting")).to_have_text("查验已全部上传")
    assert count_scans(served_city, made["number"]) == 2


def test_an_answer_that_is_lost_on_its_way_back_makes_no_second_scan(
    served_city: City, supervisor: Any, page: Any, made: dict[str, str]
) -> None:
    lost: list[str] = []
    enrol(supervisor, served_city, page, "东卡口")

    def lose(route: Any) -> None:
        if "bihuan" not in lost and made["number"] in (route.request.post_data or ""):
            lost.append("bihuan")
            assert route.fetch().status == 200
            route.abort()
        else:
            route.fallback()

    page.route("**/sync", lose)
    show(page, made["text"])
    page.click("[data-outcome=let]")
    expect(page.locator("#waiting")).to_have_text("1 条查验待上传")
    page.reload()
    expect(page.locator("#waiting")).to_have_text("查验已全部上传")
    assert (lost, count_scans(served_city, made["number"])) == (["bihuan"], 1)


def test_a_code_shown_at_two_checkpoints_raises_an_alarm_at_the_desk(
    served_city: City, supervisor: Any, page: Any, west: Any, axe: Any, made: dict[str, str]
) -> None:
    for phone, site in ((page, "东卡口"), (west, "西卡口")):
        enrol(supervisor, served_city, phone, site)
        expect(show(phone, made["text"])).to_have_attribute("data-light", "pass")
        with phone.expect_response(lambda answer: made["number"] in (answer.request.post_data or "")):
            phone.click("[data-outcome=let]")
    supervisor.goto(f"{served_city.url}/passes/checkpoints/")
    alarm = supervisor.locator(".road__alarm", has_text=made["number"])
    expect(alarm).to_contain_text("东卡口")
    axe(supervisor)
    alarm.get_by_role("button").click()
    expect(supervisor.locator(".road__alarm", has_text=made["number"])).to_have_count(0)


def test_what_is_revoked_is_refused_and_a_blocked_device_is_of_no_more_use(
    served_city: City, supervisor: Any, page: Any, axe: Any, made: dict[str, str]
) -> None:
    enrol(supervisor, served_city, page, "东卡口")
    expect(show(page, made["text"])).to_have_attribute("data-light", "pass")
    axe(page)
    served_city.bihuan("shell", "-v", "0", "-c", REVOKE.format(made["number"]))
    page.reload()
    expect(page.locator("#waiting")).to_have_text("查验已全部上传")
    expect(show(page, made["text"])).to_have_attribute("data-light", "refuse")
    expect(page.locator("#reason")).to_contain_text("撤销")
    axe(page)
    supervisor.goto(f"{served_city.url}/passes/checkpoints/")
    supervisor.locator(".road__devices button").first.click()
    page.reload()
    expect(page.locator("#trouble")).to_contain_text("停用")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#trouble")).to_contain_text("停用")
    expect(page.locator("#work")).to_be_hidden()
