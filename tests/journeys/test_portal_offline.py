"""The network goes away while somebody asks; what was typed arrives all the same, and once."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.city import City
from tests.journeys import steps

pytestmark = pytest.mark.slow


@pytest.fixture
def ready(served_city: City, page: Any) -> Any:
    """A telephone on which the portal was opened once, so that it keeps its pages."""
    page.goto(served_city.url)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    return page


def submissions_saying(city: City, words: str) -> int:
    code = f"from bihuan.spine.door.models import Submission as S; print('n', S.objects.filter(text='{words}').count())"
    return int(city.bihuan("shell", "-c", code).rsplit("n ", 1)[1])


def test_an_ask_written_without_a_network_is_sent_once_when_it_returns(served_city: City, ready: Any) -> None:
    words = f"没有网络时写的 {uuid4().hex[:8]}"
    steps.fill_medicine(ready, served_city.url, text=words)
    ready.context.set_offline(True)
    ready.click("#ask [type=submit]")
    expect(ready.locator("#waiting .callout--warn")).to_be_visible()
    assert submissions_saying(served_city, words) == 0
    ready.context.set_offline(False)
    expect(ready.locator("#waiting .callout--success")).to_be_visible()
    assert submissions_saying(served_city, words) == 1
    ready.locator("#waiting .callout--success a").click()
    assert len(steps.receipt_shown(ready)) == 12


def test_an_answer_that_is_lost_on_its_way_back_makes_no_second_ask(served_city: City, ready: Any) -> None:
    words = f"答复丢了 {uuid4().hex[:8]}"
    steps.fill_medicine(ready, served_city.url, text=words)
    lost = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.fallback()

    ready.route("**/ask/medicine/", lose)
    ready.click("#ask [type=submit]")
    expect(ready.locator("#waiting .callout--success")).to_be_visible()
    assert lost == [201]
    assert submissions_saying(served_city, words) == 1


def test_a_half_filled_form_survives_a_reload_without_a_network(served_city: City, ready: Any) -> None:
    steps.fill_medicine(ready, served_city.url, text="写了一半")
    ready.evaluate("new Promise((done) => setTimeout(done, 900))")  # until the draft has been put away
    ready.context.set_offline(True)
    ready.reload()
    expect(ready.locator("[name=text]")).to_have_value("写了一半")
    expect(ready.locator("[name=q_left][value=two]")).to_be_checked()
    assert ready.locator("[name=phone]").input_value() == ""  # who one is does not stay on the device


def test_sending_leaves_nothing_of_the_draft_behind(served_city: City, ready: Any) -> None:
    steps.ask_for_medicine(ready, served_city.url, text="送出就清空")
    ready.goto(f"{served_city.url}/ask/medicine/")
    expect(ready.locator("[data-send]")).to_be_enabled()
    assert ready.locator("[name=text]").input_value() == ""


def test_without_a_network_what_is_missing_is_told_at_once(served_city: City, ready: Any) -> None:
    ready.goto(f"{served_city.url}/ask/medicine/")
    ready.context.set_offline(True)
    ready.click("#ask [type=submit]")
    expect(ready.locator("[data-error-summary]")).to_be_visible()
    expect(ready.locator("[data-field=phone]")).to_contain_text("请填写这一项")
    expect(ready.locator("#waiting")).to_be_hidden()


def test_a_page_that_was_never_opened_says_that_the_network_is_away(served_city: City, ready: Any) -> None:
    ready.context.set_offline(True)
    ready.goto(f"{served_city.url}/board/")
    expect(ready.locator("h1")).to_contain_text("没有网络")
    expect(ready.locator("a[href='tel:120']")).to_be_visible()


def test_what_was_refused_behind_ones_back_comes_back_with_all_that_was_in_it(
    served_city: City, ready: Any
) -> None:
    steps.fill_medicine(ready, served_city.url, text="电话写错了", phone="12")
    ready.context.set_offline(True)
    ready.click("#ask [type=submit]")
    expect(ready.locator("#waiting .callout--warn")).to_be_visible()
    ready.context.set_offline(False)
    ready.locator("#waiting .callout--error a").click()
    expect(ready.locator("[name=text]")).to_have_value("电话写错了")
    expect(ready.locator("[data-field=phone].is-wrong")).to_be_visible()
