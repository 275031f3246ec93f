"""What people do in a browser, step by step; the journeys put the steps together."""

import re
from pathlib import Path
from typing import Any

from PIL import Image

from tests.city import City

PHONE = "19900005526"
DIGITS = PHONE[-4:]


def fill_medicine(page: Any, url: str, **said: str) -> None:
    """Fill in the form for medicine, all but the sending."""
    page.goto(f"{url}/ask/medicine/")
    page.fill("[name=q_drug]", said.get("drug", "二甲双胍 0.5g"))
    page.check("[name=q_left][value=two]")
    page.fill("[name=text]", said.get("text", "隔壁奶奶卧床，药快没了"))
    page.fill("[name=site]", said.get("site", "一楼邻居家"))
    page.fill("[name=name]", "安娜")
    page.fill("[name=phone]", said.get("phone", PHONE))


def send(page: Any) -> str:
    """Send the form; return the receipt that the card shows."""
    page.click("#ask [type=submit]")
    return receipt_shown(page)


def receipt_shown(page: Any) -> str:
    """Return the receipt of the card on the page, without its spaces."""
    return str(page.locator(".receipt__number").inner_text()).replace(" ", "")


def ask_for_medicine(page: Any, url: str, **said: str) -> str:
    fill_medicine(page, url, **said)
    return send(page)


def status_badge(page: Any, status: str) -> Any:
    """Return where the page shows that the ask has this status."""
    return page.locator(f"#next-h .status-{status}")


def sign_in(page: Any, city: City, role: str, agency: str) -> None:
    """Sign a member of staff in at the desk."""
    account = city.account(role, agency)
    page.goto(f"{city.url}/desk/")
    page.fill("[name=login]", account["username"])
    page.fill("[name=password]", account["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile(r"^[^?]+/desk/"))  # not the sign-in page's ?next=/desk/


def open_case(page: Any, url: str, receipt: str) -> None:
    """Find a Case at the desk by its receipt; a receipt leads straight to its Case."""
    page.goto(f"{url}/desk/search/")
    page.fill("#find", receipt)
    page.press("#find", "Enter")
    page.wait_for_url(re.compile(r"/desk/case/\d+/$"))


def do(page: Any, verb: str, **fields: str) -> None:
    """Do a deed on the Case page: unfold it if it asks something, fill it in, press its button."""
    form = page.locator(f"form[action$='/{verb}/']").first
    fold = page.locator(f"details#deed-{verb}")
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").click()
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button").last.click()


def photo_file(folder: Path) -> Path:
    """Write a small picture; return where it is."""
    path = folder / "done.jpg"
    Image.new("RGB", (64, 48), "teal").save(path, "JPEG")
    return path
