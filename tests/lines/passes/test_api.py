"""Passes for programs."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.lines.passes import outlook
from bihuan.lines.passes.models import Desk, Pass
from bihuan.spine.accounts.tokens import issue
from tests.lines.passes.known import make_application
from tests.spine.cases.known import World

API = "/api/v1/passes"
Ask = Callable[..., Any]
_numbers = count(1)


@pytest.fixture
def ben(world: World, desk: Desk) -> Ask:
    client = Client(headers={"authorization": f"Bearer {issue(world.ben, 'trial')}"})

    def ask(path: str, body: dict[str, Any] | None = None) -> Any:
        if body is None:
            return client.get(f"{API}{path}")
        return client.post(f"{API}{path}", body, content_type="application/json")

    return ask


def said(**more: Any) -> dict[str, Any]:
    n, now = next(_numbers), clock.now()
    known = {
        "client_id": f"program-{n:05}", "applicant": "receiver", "receiver": "云里", "contact": "李丙",
        "phone": "19900007733", "plate": f"湘D{n:05}", "plate_colour": "yellow", "goods": "medical",
        "goods_name": "防护服", "quantity": 8, "unit": "t", "origin_code": "430105", "origin_name": "开福",
        "destination_code": "430202", "valid_from": now.isoformat(), "crew": [{"name": "郑甲"}],
        "valid_until": (now + timedelta(hours=20)).isoformat(), "is_closed_loop": True,
    }  # fmt: skip
    return {**known, **more}


def test_an_application_is_made_and_granted(ben: Ask) -> None:
    made = ben("", said())
    assert made.status_code == 201 and made.json()["number"] is None and made.json()["code"] == ""
    issued = ben(f"/{made.json()['id']}/approve", {}).json()
    assert issued["number"] == "430202000001" and issued["code"]
    assert ben(f"/{made.json()['id']}").json()["status"] == "issued"


def test_nothing_personal_is_in_a_list(ben: Ask) -> None:
    ben("", said())
    listed = ben("").content.decode()
    assert "李丙" not in listed and "郑甲" not in listed and "7733" not in listed


def test_the_second_for_a_vehicle_is_a_conflict(ben: Ask) -> None:
    ben("", said(plate="湘B66666"))
    again = ben("", said(plate="湘B66666"))
    assert again.status_code == 409 and again.json()["errors"][0]["field"] == "plate"


def test_many_are_approved_and_the_others_named(ben: Ask) -> None:
    row = make_application()
    done = ben("/approve", {"passes": [row.pk, 999]}).json()
    assert [bool(one["problem"]) for one in done] == [False, True]


@pytest.mark.parametrize(
    ("verb", "body", "status"),
    [
        ("ask", {"text": "Which?"}, 200),
        ("ask", {}, 422),
        ("decline", {"reason": "papers"}, 200),
        ("extend", {}, 422),
        ("suspend", {"reason": "lost"}, 403),
        ("fly", {}, 422),
    ],
)
def test_each_verb_answers_as_its_action_does(ben: Ask, verb: str, body: dict[str, Any], status: int) -> None:
    assert ben(f"/{make_application().pk}/{verb}", body).status_code == status


def test_a_trip_is_announced_and_followed(ben: Ask) -> None:
    row = make_application()
    ben(f"/{row.pk}/approve", {})
    assert ben(f"/{row.pk}/step", {"step": "gate"}).status_code == 422
    assert ben(f"/{row.pk}/trips", {"expected_at": clock.now().isoformat(), "gate": "x"}).status_code == 422
    assert ben(f"/{row.pk}/trips", {"expected_at": clock.now().isoformat()}).status_code == 201
    assert ben(f"/{row.pk}/step", {"step": "gate", "crew": 2}).json()["status"] == "inside"
    assert ben(f"/{row.pk}/step", {"step": "out", "crew": 2}).json()["status"] == "out"


def test_the_outlook_of_ones_desk_is_told(ben: Ask) -> None:
    make_application()
    outlook.count()
    (row,) = ben("/outlook").json()
    assert row["agency"] == "grid" and row["waiting"] == 1


def test_whoever_may_not_review_is_told_nothing(world: World, desk: Desk) -> None:
    row = make_application()
    eve = Client(headers={"authorization": f"Bearer {issue(world.eve, 'trial')}"})
    assert eve.get(f"{API}/{row.pk}").status_code == 404
    dan = Client(headers={"authorization": f"Bearer {issue(world.dan, 'trial')}"})
    for path in ("", "/outlook"):
        assert dan.get(f"{API}{path}").status_code == 403
    assert Pass.objects.get(pk=row.pk).is_open
