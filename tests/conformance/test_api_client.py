"""The client of docs/client, as anybody would copy it, plays Cases over the running server."""

import importlib.util
import sys
import time
from types import ModuleType
from typing import Any

import pytest

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


def sorted_case(city: Any, receipt: str) -> Any:
    for _ in range(150):
        if case := city.find(receipt):
            return case
        time.sleep(0.2)
    raise AssertionError("the ask was never sorted")


def test_a_case_is_played_from_ask_to_close(served_city: City, lib: ModuleType) -> None:
    operator = lib.Bihuan(served_city.url, served_city.account("operator")["token"])
    ask = {"phone": PHONE, "name": "Trial", "text": "No light at all in the stairwell"}
    site = next(iter(_sites(served_city, lib)))
    receipt = operator.ask("power_failure", site=site, **ask)
    case = sorted_case(operator, receipt)
    if case.status == "triage":
        agency = next(a for a in _agencies(served_city) if a != case.body["agency"])
        case = operator.do(case, "assign", agency=agency)
    officer = _of_agency(served_city, lib, case.body["agency"]["code"])
    case = officer.do(officer.case(case.id), "accept")
    team = next(officer.pages("/teams"), None)
    whom = {"team": team["id"]} if team else {"person": next(officer.pages("/people"))["username"]}
    case = officer.do(case, "dispatch", title="Look at the fuse", **whom)
    for verb in ("arrive", "finish"):
        case = officer.do(case, verb)
    case = officer.do(case, "resolve", reply="The fuse is new.")
    assert case.status == "resolved"
    operator.call("POST", f"/receipts/{receipt}/confirm", {"digits": PHONE[-4:], "content": "yes"})
    assert operator.case(case.id).status == "closed"
    assert operator.ask_state(receipt, PHONE[-4:])["status"] == "closed"


def test_of_two_programs_with_the_same_reading_the_second_is_told(served_city: City, lib: ModuleType) -> None:
    operator = lib.Bihuan(served_city.url, served_city.account("operator")["token"])
    case = sorted_case(
        operator,
        operator.ask("power_failure", "dark", phone=PHONE, site=next(iter(_sites(served_city, lib)))),
    )
    operator.do(case, "note", text="first")
    with pytest.raises(lib.Problem) as told:
        operator.do(case, "note", text="second")
    assert (told.value.status, told.value.code) == (412, "changed")


def test_pages_are_turned_to_the_end(served_city: City, lib: ModuleType) -> None:
    city = lib.Bihuan(served_city.url, served_city.account("operator")["token"])
    for _ in range(3):
        sorted_case(
            city, city.ask("power_failure", "dark", phone=PHONE, site=next(iter(_sites(served_city, lib))))
        )
    few = [row["id"] for row in city.pages("/cases", limit="2")]
    many = [row["id"] for row in city.pages("/cases", limit="200")]
    assert few == many and len(set(few)) == len(few) >= 3


def test_what_is_refused_is_a_problem_with_its_code(served_city: City, lib: ModuleType) -> None:
    with pytest.raises(lib.Problem) as told:
        lib.Bihuan(served_city.url, "bihuan_forged").case(1)
    assert (told.value.status, told.value.code) == (401, "unauthorised")


def _sites(city: City, lib: ModuleType) -> list[str]:
    features = lib.Bihuan(city.url).call("GET", "/features/collections/sites/items?limit=3").body["features"]
    return [one["properties"]["code"] for one in features]


def _agencies(city: City) -> list[str]:
    return [city.account("officer")["agency"]]


def _of_agency(city: City, lib: ModuleType, code: str) -> Any:
    return lib.Bihuan(city.url, city.account("officer", code)["token"])
