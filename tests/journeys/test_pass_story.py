"""One pass from the application to the alarm on its copy: apply, review, print, two gates without a network."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import browser
from tests.city import City
from tests.journeys import steps
from tests.journeys.road import apply, approve_by_keyboard, enrol, show

pytestmark = pytest.mark.slow
PLATE = "湘B·66688"
CODE = """
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.sealing import text_of
print("code " + text_of(Pass.objects.get(receipt="{}")))
"""
COUNT = "from bihuan.lines.passes.models import Scan; print('n', Scan.objects.filter(number='{}').count())"


@pytest.fixture
def people(served_city: City, chromium: Any) -> Iterator[dict[str, Any]]:
    """A reviewer and a supervisor at their desks, and the telephones of two gates."""
    wide = {"viewport": {"width": 1280, "height": 900}}
    with ExitStack() as stack:
        pages = {
            name: stack.enter_context(browser.page(chromium, **said))
            for name, said in {
                "reviewer": wide | {"locale": "en"},
                "supervisor": wide,
                "east": {},
                "west": {},
            }.items()
        }
        steps.sign_in(pages["reviewer"], served_city, "officer", "health")
        steps.sign_in(pages["supervisor"], served_city, "supervisor", "")
        yield pages


def test_one_pass_from_the_application_to_the_alarm_on_its_copy(
    served_city: City, page: Any, people: dict[str, Any]
) -> None:
    receipt = apply(page, served_city.url, PLATE.replace("·", ""))
    people["reviewer"].goto(f"{served_city.url}/passes/")
    approve_by_keyboard(people["reviewer"], PLATE)
    number, code = _shown_and_printed(served_city, page, receipt)
    for gate, site in (("east", "东卡口"), ("west", "西卡口")):
        enrol(people["supervisor"], served_city, people[gate], site)
        _let_through_without_a_network(people[gate], code)
    assert _count_scans(served_city, number) == 0
    for gate in ("east", "west"):
        people[gate].context.set_offline(False)
        expect(people[gate].locator("#waiting")).to_have_text("查验已全部上传")
    assert _count_scans(served_city, number) == 2
    people["supervisor"].goto(f"{served_city.url}/passes/checkpoints/")
    expect(people["supervisor"].locator(".road__alarm", has_text=number)).to_be_visible()


def _shown_and_printed(city: City, page: Any, receipt: str) -> tuple[str, str]:
    """Return the number and the code of the pass that its holder sees."""
    page.goto(f"{city.url}/passes/r/{receipt}/pass/")
    expect(page.locator(".pass__big")).to_have_text(PLATE)
    printed = page.request.get(f"{city.url}/passes/r/{receipt}/pass.pdf")
    assert printed.ok and printed.body().startswith(b"%PDF")
    code = city.bihuan("shell", "-v", "0", "-c", CODE.format(receipt)).rsplit("code ", 1)[1].strip()
    number = city.bihuan(
        "shell", "-v", "0", "-c",
        f"from bihuan.lines.passes.models import Pass; print('n', Pass.objects.get(receipt='{receipt}').number)",
    ).rsplit("n ", 1)[1].strip()  # fmt: skip
    return number, code


def _let_through_without_a_network(gate: Any, code: str) -> None:
    gate.context.set_offline(True)
    gate.reload()
    expect(show(gate, code)).to_have_attribute("data-light", "pass")
    gate.click("[data-outcome=let]")
    expect(gate.locator("#waiting")).to_have_text("1 条查验待上传")


def _count_scans(city: City, number: str) -> int:
    return int(city.bihuan("shell", "-v", "0", "-c", COUNT.format(number)).rsplit("n ", 1)[1])
