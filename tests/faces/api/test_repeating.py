"""The same request sent again."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bihuan.spine.accounts.models import Repeat, Token, User
from bihuan.spine.accounts.tokens import issue, revoke
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case, Note
from tests.spine.cases.known import World, make_case


def program(user: User) -> Client:
    return Client(headers={"authorization": f"Bearer {issue(user, 'x')}", "accept-language": "en"})


def post(client: Client, path: str, body: Any, key: str = "k1") -> Any:
    said = {"idempotency-key": key}
    return client.post(f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=said)


def test_the_first_answer_is_given_again_and_nothing_is_done_twice(world: World) -> None:
    case, ben = make_case(world), program(world.ben)
    first, again = (post(ben, f"/cases/{case.pk}/note", {"text": "on my way"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Note.objects.filter(case=case, text="on my way").count() == 1


def test_an_answer_without_a_body_is_given_again(world: World) -> None:
    ben = program(world.ben)
    answers = [post(ben, "/notices/read", {"id": 1}) for _ in range(2)]
    assert [(one.status_code, one.content) for one in answers] == [(204, b"")] * 2


def test_the_same_key_with_another_body_is_refused(world: World) -> None:
    case, ben = make_case(world), program(world.ben)
    post(ben, f"/cases/{case.pk}/note", {"text": "one"})
    refused = post(ben, f"/cases/{case.pk}/note", {"text": "two"})
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:bihuan:problem:key_used")


def test_while_the_first_is_being_done_the_second_is_told_so(world: World) -> None:
    case, ben = make_case(world), program(world.ben)
    post(ben, f"/cases/{case.pk}/note", {"text": "one"})
    Repeat.objects.update(status=None)
    told = post(ben, f"/cases/{case.pk}/note", {"text": "one"})
    assert (told.status_code, told.json()["type"]) == (409, "urn:bihuan:problem:in_progress")


def test_a_refused_deed_leaves_the_key_free(world: World) -> None:
    case, ben = make_case(world), program(world.ben)
    assert post(ben, f"/cases/{case.pk}/resolve", {"reply": ""}).status_code == 422
    assert not Repeat.objects.exists()
    assert post(ben, f"/cases/{case.pk}/accept", {}).status_code == 200


def test_a_deed_that_breaks_does_nothing_and_leaves_the_key_free(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, ben = make_case(world), program(world.ben)
    monkeypatch.setattr("bihuan.spine.accounts.once.seal", lambda text: 1 / 0)
    broken = post(ben, f"/cases/{case.pk}/accept", {})
    assert (broken.status_code, broken.headers["Content-Type"]) == (500, "application/problem+json")
    assert Case.objects.get(pk=case.pk).status == case.status
    assert not Repeat.objects.exists()


def test_a_key_is_its_senders_own(world: World) -> None:
    case = make_case(world)
    post(program(world.ben), f"/cases/{case.pk}/note", {"text": "one"})
    other = post(program(world.ida), f"/cases/{case.pk}/note", {"text": "one"})
    assert "Idempotency-Replayed" not in other.headers


def test_who_has_lost_the_token_hears_nothing_again(world: World) -> None:
    case, ben = make_case(world), program(world.ben)
    post(ben, f"/cases/{case.pk}/note", {"text": "one"})
    revoke(Token.objects.get())
    assert post(ben, f"/cases/{case.pk}/note", {"text": "one"}).status_code == 401


@pytest.mark.parametrize("key", ["", "a b", "é", "k" * 256])
def test_what_is_no_key_is_refused(world: World, key: str) -> None:
    case = make_case(world)
    refused = post(program(world.ben), f"/cases/{case.pk}/accept", {}, key)
    assert (refused.status_code, refused.json()["type"]) == (400, "urn:bihuan:problem:key")


def test_an_asker_s_deed_is_done_once_too(world: World) -> None:
    case = make_case(world, "accepted", officer=world.ben)
    receipt = case.askers.get().submission.receipt
    said = {"digits": "5526", "text": "it smells of gas now"}
    answers = [post(Client(), f"/receipts/{receipt}/say", said) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert Event.objects.filter(case_id=case.pk, verb="say").count() == 1


def test_a_photo_is_compared_by_its_bytes(world: World) -> None:
    ben = program(world.ben)

    def send(data: bytes) -> Any:
        file = SimpleUploadedFile("x.jpg", data)
        return ben.post("/api/v1/photos", {"photo": file}, headers={"idempotency-key": "p"})

    assert send(b"no picture").status_code == 422
    assert not Repeat.objects.exists()


def test_an_ask_taken_down_is_done_once_though_the_door_keeps_it_apart(transactional_db: None) -> None:
    from tests.spine.cases.known import make_world

    world = make_world()
    olga = program(world.olga)
    ask = {"client_id": "call-1", "service": world.service.code, "text": "dark", "phone": "199 0000 5526"}
    answers = [post(olga, "/cases/enter", ask) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201], answers[0].content
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"
