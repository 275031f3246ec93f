"""What applicants, reviewers and guards do with a pass, step by step."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.city import City

TYPED = {
    "receiver": "云里防护用品厂", "contact": "李丙", "phone": "19900007733", "driver": "郑甲",
    "goods_name": "医用防护服", "quantity": "8", "origin": "430105 长沙开福", "destination": "430202 荷塘区",
}  # fmt: skip


def apply(page: Any, url: str, plate: str) -> str:
    page.goto(f"{url}/passes/apply/")
    page.select_option("[name=applicant]", "receiver")
    page.fill("[name=plate]", plate)
    page.check("[name=is_closed_loop]")
    for name, text in TYPED.items():
        page.fill(f"[name={name}]", text)
    page.locator("form.form button").click()
    page.wait_for_url(re.compile(r"/passes/r/\d{12}/"))
    return str(page.url.rstrip("/").rpartition("/")[2])


def approve_by_keyboard(wide: Any, plate: str) -> None:
    for _ in range(60):
        wide.keyboard.press("j")
        if wide.evaluate("document.activeElement.textContent") == plate:
            break
    wide.keyboard.press("x")
    expect(wide.locator("#marked")).to_have_text("1")
    wide.keyboard.press("m")
    expect(wide.locator("#notice")).to_contain_text("1")


def enrol(supervisor: Any, city: City, page: Any, site: str) -> None:
    """Invite a device at the desk, and open on it what the desk shows."""
    supervisor.goto(f"{city.url}/passes/checkpoints/")
    name = supervisor.locator("[name=site] option", has_text=site).first.inner_text()
    supervisor.select_option("[name=site]", label=name)
    supervisor.fill("[name=name]", f"{site}一号机")
    supervisor.click(".road__invite button")
    letters = supervisor.locator(".road__letters").inner_text().replace(" ", "")
    page.goto(f"{city.url}/field/checkpoint/#enrol={letters}")
    page.click("#enrol-form button")
    expect(page.locator("#site")).to_have_text(name)
    expect(page.locator("#age")).to_contain_text("分钟")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def show(page: Any, text: str) -> Any:
    """Give a code to the page, as the camera would."""
    page.fill("#typed", text)
    page.press("#typed", "Enter")
    return page.locator("#verdict")
