"""The care list for programs."""

from typing import Any

import pytest
from django.test import Client

from bihuan.lines.protection.models import Person
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import issue
from tests.lines.protection.known import make_services, make_site
from tests.spine.cases.known import World

BASE = "/api/v1/care"


def program(user: User) -> Client:
    return Client(headers={"authorization": f"Bearer {issue(user, 'trial')}"})


def post(client: Client, path: str, **body: Any) -> Any:
    return client.post(BASE + path, body, content_type="application/json")


def test_a_program_lists_checks_counts_and_takes_off(world: World) -> None:
    make_site()
    ben = program(world.ben)
    made = post(ben, "/people", name="吴甲", site="home", kinds=["alone"], consent="spoken")
    assert made.status_code == 201
    number = made.json()["id"]
    assert made.json()["name_masked"] == "吴••"
    assert "吴甲" not in ben.get(f"{BASE}/people").content.decode()
    assert post(ben, f"/people/{number}/check", found="well").json()["last_found"] == "well"
    assert post(ben, f"/people/{number}/supplies", kind="gas", amount=9, daily_use=3).json()["amount"] == 9
    assert post(ben, f"/people/{number}/leave", reason="moved").json()["status"] == "left"


def test_faults_are_problems(world: World, person: Person) -> None:
    ben = program(world.ben)
    assert post(ben, f"/people/{person.pk}/check", found="?").status_code == 422
    assert post(ben, "/people", name="x", site="none", kinds=["alone"], consent="spoken").status_code == 422
    assert (
        post(ben, f"/people/{person.pk}/supplies", kind="gas", amount=1, daily_use=1, supply=99).status_code
        == 422
    )
    again = post(
        ben,
        "/people",
        name="吴甲",
        site="home",
        building="3栋",
        door="2单元0501",
        kinds=["alone"],
        consent="spoken",
    )
    assert again.status_code == 409


def test_eve_finds_nobody(world: World, person: Person) -> None:
    eve = program(world.eve)
    assert eve.get(f"{BASE}/people").json()["items"] == []
    assert eve.get(f"{BASE}/people/{person.pk}").status_code == 404
    assert program(world.dan).get(f"{BASE}/today").status_code == 403


def test_reading_asks_a_purpose(world: World, person: Person) -> None:
    ben = program(world.ben)
    assert post(ben, f"/people/{person.pk}/reveal", field="phone", purpose="").status_code == 422
    read = post(ben, f"/people/{person.pk}/reveal", field="phone", purpose="check")
    assert read.json() == {"value": "+8619900005526"}


def test_today_and_coverage(world: World, person: Person) -> None:
    assert [one["id"] for one in program(world.ben).get(f"{BASE}/today").json()["items"]] == [person.pk]
    (row,) = program(world.max).get(f"{BASE}/coverage").json()
    assert (row["agency"], row["listed"]) == ("grid", 1)


@pytest.mark.django_db(transaction=True)
def test_a_need_becomes_a_case(world: World, person: Person) -> None:
    make_services()
    said = {
        "client_id": "visit-1234",
        "service": "elderly_visit",
        "text": "wants company",
        "answers": {"last": "day"},
    }
    assert post(program(world.ben), f"/people/{person.pk}/need", **said).json()["case"] > 0
