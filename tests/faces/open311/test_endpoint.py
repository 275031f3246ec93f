"""Errors in the form that was asked for, whatever goes wrong."""

from typing import Any

import pytest

from bihuan.faces.open311 import listing, views
from bihuan.kernel.errors import Busy
from tests.faces.open311.conftest import PLACE, Machine
from tests.spine.cases.known import World


def test_errors_are_xml_or_json_as_the_address_says(machine: Machine) -> None:
    as_xml, as_json = machine.get("services/none.xml"), machine.get("services/none.json")
    assert as_xml.status_code == as_json.status_code == 404
    assert as_xml.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<errors><error><code>404')
    assert as_json.json()[0]["code"] == "404"


@pytest.mark.parametrize(
    "path", ["", "nothing", "requests.csv", "requests/1", "services/POT.html", "tokens/1.txt"]
)
def test_an_address_that_is_none_is_answered_as_an_error(machine: Machine, path: str) -> None:
    answer = machine.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/xml; charset=utf-8")


def test_another_method_is_refused_in_words(machine: Machine) -> None:
    answer = machine.client.delete("/open311/v2/services.json")
    assert answer.status_code == 400 and "DELETE" in answer.json()[0]["description"]


def test_head_is_answered_like_get(machine: Machine) -> None:
    assert machine.client.head("/open311/v2/services.xml").status_code == 200


def test_one_jurisdiction_needs_no_name_and_knows_no_other(machine: Machine, settings: Any) -> None:
    assert machine.get("services.json", jurisdiction_id="any.where").status_code == 200
    settings.BIHUAN_GEOREPORT_JURISDICTION = "zz.gov.cn"
    found = [
        machine.get("services.json", jurisdiction_id=name).status_code for name in ("", "zz.gov.cn", "x")
    ]
    assert found == [200, 200, 404]


def test_a_fault_of_ours_is_hidden_and_logged(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(views, "listed", lambda *_: 1 // 0)
    answer = machine.get("requests.json")
    assert answer.status_code == 500 and "division" not in answer.content.decode()
    assert "ZeroDivisionError" in caplog.text


def test_a_busy_door_says_when_to_come_again(
    machine: Machine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Busy("later")

    monkeypatch.setattr(views, "create", busy)
    answer = machine.post(service_code="power_failure", **PLACE)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


def test_a_body_that_cannot_be_read_is_refused(machine: Machine) -> None:
    kind = "multipart/form-data; boundary=x"
    answer = machine.client.post(
        "/open311/v2/requests.json", b"--x\r\nbroken", content_type="multipart/form-data"
    )
    huge = machine.client.post("/open311/v2/requests.json", b"a=" + b"1" * 2_000_000, content_type=FORM)
    assert kind and (answer.status_code, huge.status_code) == (400, 400)
    assert huge.json()[0]["code"] == "400"


FORM = "application/x-www-form-urlencoded"


def test_pages_of_others_may_read_but_not_send(machine: Machine) -> None:
    assert machine.get("services.xml").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in machine.post().headers


def test_the_most_that_one_answer_holds_is_the_standards(machine: Machine) -> None:
    assert (listing.MOST, listing.SPAN.days) == (1000, 90)
