import json
from typing import Any

import pytest
from django.test import Client

from bihuan.kernel.errors import Busy
from bihuan.spine.cases.models import Service
from bihuan.spine.door.models import Photo, Submission
from tests.faces.portal.conftest import filled, picture

JSON = {"Accept": "application/json"}


def send(client: Client, headers: dict[str, str] | None = None, **fields: Any) -> Any:
    return client.post("/ask/medicine/", filled(**fields), headers=headers)


def test_a_sent_form_leads_to_its_receipt(medicine: Service, client: Client) -> None:
    answer = send(client)
    receipt = Submission.objects.get().receipt
    assert answer.headers["Location"] == f"/r/{receipt}/card/"


def test_whoever_sent_it_needs_no_digits_in_this_visit(medicine: Service, client: Client) -> None:
    send(client)
    receipt = Submission.objects.get().receipt
    assert "邻居卧床" in client.get(f"/r/{receipt}/").content.decode()
    assert "邻居卧床" not in Client().get(f"/r/{receipt}/").content.decode()


def test_a_script_is_told_the_receipt_as_json(medicine: Service, client: Client) -> None:
    answer = send(client, JSON)
    assert answer.status_code == 201
    assert answer.json()["receipt"] == Submission.objects.get().receipt


def test_two_sends_of_one_form_make_one_submission(medicine: Service, client: Client) -> None:
    assert send(client, JSON).json() == send(client, JSON).json()


def test_an_unfit_form_comes_back_with_everything_in_it(medicine: Service, client: Client) -> None:
    answer = send(client, phone="12")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(typed in page for typed in ("邻居卧床", "二甲双胍", "安娜", 'value="12"'))
    assert not Submission.objects.exists()


def test_a_script_is_told_each_fault_beside_its_field(medicine: Service, client: Client) -> None:
    answer = send(client, JSON, phone="12")
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in json.loads(answer.content)["errors"]] == ["phone"]


def test_a_word_of_danger_shows_the_emergency_number_first(medicine: Service, client: Client) -> None:
    page = send(client, text="奶奶昏迷了").content.decode()
    assert 'href="tel:120"' in page
    assert "奶奶昏迷了" in page
    assert not Submission.objects.exists()


def test_whoever_has_called_may_send_all_the_same(medicine: Service, client: Client) -> None:
    send(client, text="奶奶昏迷了", anyway="1")
    assert Submission.objects.get().text == "奶奶昏迷了"


def test_a_photo_survives_a_form_that_comes_back(medicine: Service, client: Client) -> None:
    page = send(client, phone="12", photo=picture()).context["form"]
    send(client, kept_photo=page.kept)
    assert Photo.objects.get().submission == Submission.objects.get()


def test_what_is_no_picture_is_told_beside_its_field(medicine: Service, client: Client) -> None:
    fake = picture()
    fake.file.truncate(20)
    assert "photo" in send(client, photo=fake).context["form"].errors


def test_a_busy_door_loses_nothing_that_was_typed(
    medicine: Service, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(form: object) -> str:
        raise Busy("not now")

    monkeypatch.setattr("bihuan.faces.portal.views.ask.hand_in", busy)
    answer = send(client)
    assert answer.status_code == 503
    assert "邻居卧床" in answer.content.decode()


def test_a_service_that_is_not_there_is_not_found(db: None, client: Client) -> None:
    assert client.get("/ask/nothing/").status_code == 404
