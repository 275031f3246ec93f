"""The client of docs/client, as anybody would copy it, plays Cases over the running server."""

import importlib.util
import subprocess
import sys
import time
from types import ModuleType
from typing import Any

import pytest

from bihuan.drill.photo import draw_photo
from tests.city import City
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
PHONE = "19900005526"


@pytest.fixture(scope="module")
def lib() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bihuan_client", ROOT / "docs/client/bihuan_client.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bihuan_client"] = module
    spec.loader.exec_module(module)
    return module


def asked(client: Any, text: str) -> tuple[str, Any]:
    """Ask by the client, wait until the worker has sorted it; return the receipt and the Case."""
    answers = {"extent": "building", "matter": "out"}
    receipt = client.ask("power_failure", text, answers=answers, site="某小区", name="安娜", phone=PHONE)
    for _ in range(150):
        if case := client.find(receipt):
            return receipt, case
        time.sleep(0.2)
    raise AssertionError("the ask was never sorted")


def of_agency(city: City, lib: ModuleType, code: str) -> Any:
    return lib.Bihuan(city.url, city.account("officer", code)["token"])


def test_a_case_is_played_from_ask_to_close(served_city: City, lib: ModuleType) -> None:
    operator = lib.Bihuan(served_city.url, served_city.account("operator")["token"])
    receipt, case = asked(operator, "No light at all in the stairwell")
    if case.status != "triage":
        owner = of_agency(served_city, lib, case.body["agency"]["code"])
        case = owner.do(owner.case(case.id), "return_to_triage", reason="Not our line")
    case = operator.do(operator.case(case.id), "assign", agency="power")
    officer = of_agency(served_city, lib, "power")
    case = officer.do(officer.case(case.id), "accept")
    team = next(officer.pages("/teams"), None)
    whom = {"team": team["id"]} if team else {"person": next(officer.pages("/people"))["username"]}
    case = officer.do(case, "dispatch", title="Look at the fuse", **whom)
    for verb in ("arrive", "finish"):
        case = officer.do(case, verb)
    case = officer.do(case, "resolve", reply="The fuse is new.", photo=officer.photo(draw_photo("fuse")))
    assert case.status == "resolved"
    operator.call("POST", f"/receipts/{receipt}/confirm", {"digits": PHONE[-4:], "content": "yes"})
    assert operator.case(case.id).status == "closed"
    assert operator.ask_state(receipt, PHONE[-4:])["status"] == "closed"


def test_of_two_programs_with_the_same_reading_the_second_is_told(served_city: City, lib: ModuleType) -> None:
    operator = lib.Bihuan(served_city.url, served_city.account("operator")["token"])
    _, case = asked(operator, "dark")
    operator.do(case, "note", text="first")
    with pytest.raises(lib.Problem) as told:
        operator.do(case, "note", text="second")
    assert (told.value.status, told.value.code) == (412, "changed")


def test_pages_are_turned_to_the_end(served_city: City, lib: ModuleType) -> None:
    client = lib.Bihuan(served_city.url, served_city.account("operator")["token"])
    for _ in range(3):
        asked(client, "dark")
    few = [row["id"] for row in client.pages("/cases", limit="2")]
    many = [row["id"] for row in client.pages("/cases", limit="200")]
    assert few == many
    assert len(set(few)) == len(few) >= 3


def test_the_client_is_typed() -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "bihuan_client.py"]
    done = subprocess.run(command, cwd=ROOT / "docs/client", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_refused_is_a_problem_with_its_code(served_city: City, lib: ModuleType) -> None:
    with pytest.raises(lib.Problem) as told:
        lib.Bihuan(served_city.url, "bihuan_forged").case(1)
    assert (told.value.status, told.value.code) == (401, "unauthorised")
