"""Every address is tried as every role and as nobody. What is new and not in the table fails.

Whoever may not use a page is refused (403), or sent to sign in when nobody is signed in; whoever may not know that a
thing exists is told that there is no such thing (404). The Case is Ben's; Eve works at another agency, Dan has no role.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.test import Client

from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import Case
from tests.access.asking import answer, enter, words
from tests.access.rules import ANY, FORBIDDEN, LOGIN, TOKEN, Scene
from tests.access.scene import make_scene
from tests.access.table import TABLE, address_of, addresses, rule_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def test_every_address_is_in_the_table() -> None:
    missing = sorted({name for name, _ in addresses() if rule_of(name) is None})
    assert not missing, f"Say in tests/test_access.py who may use: {missing}"


def test_the_table_holds_nothing_that_is_gone() -> None:
    assert set(TABLE) <= {name for name, _ in addresses()}


FACES = sorted({name.partition(":")[0] if ":" in name else "account" for name, _ in addresses()})


@pytest.mark.parametrize("face", FACES)
def test_each_person_is_answered_as_the_table_says(scene: Scene, face: str) -> None:
    clients = {who: enter(user, is_program=face == "api") for who, user in scene.people.items()}
    wrong = []
    for name, route in addresses():
        if name.partition(":")[0] == face or (face == "account" and ":" not in name):
            wrong += list(_wrong_answers(scene, clients, name, route))
    assert not wrong, "\n".join(wrong)


def _wrong_answers(scene: Scene, clients: dict[str, Client], name: str, route: str) -> Iterator[str]:
    rule, address = rule_of(name), address_of(route, scene.samples | SPECIAL.get(name, {}))
    assert rule
    for who, method in product(scene.people, ("GET", "POST")):
        response, expected = answer(clients[who], method, address), rule(scene, scene.people[who])
        status, said = response.status_code, words(response)
        if status >= 500 and name != "healthz":
            yield f"{method} {address} as {who}: error {status}"
        elif status != 405 and expected not in {ANY, said}:
            yield f"{method} {address} as {who}: {said} ({status}), expected: {expected}"


# The verb of an asker is another one than that of an officer.
SPECIAL: dict[str, dict[str, Any]] = {"portal:act": {"verb": "confirm"}, "passes:act": {"verb": "approve"}}


@pytest.mark.parametrize("address", ["/desk/", "/desk/case/{case_id}/", "/admin/", "/staff/password/change/"])
def test_a_closed_account_is_nobody(scene: Scene, address: str) -> None:
    client = enter(scene.world.sam, is_program=False)
    User.objects.update(is_active=False)
    assert words(answer(client, "GET", address.format(**scene.samples))) == LOGIN


def test_a_closed_accounts_token_is_nobodys(scene: Scene) -> None:
    client = enter(scene.world.sam, is_program=True)
    User.objects.update(is_active=False)
    assert words(answer(client, "GET", "/api/v1/cases")) == TOKEN


def test_a_session_changes_nothing_by_the_api_without_the_pages_own_token(scene: Scene) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.world.ben)
    assert words(answer(client, "POST", f"/api/v1/cases/{scene.case.pk}/note")) in {TOKEN, FORBIDDEN}


def test_a_case_that_is_not_is_answered_like_one_of_another_office(scene: Scene) -> None:
    client = enter(scene.world.eve, is_program=False)
    theirs, none = (
        answer(client, "GET", f"/desk/case/{number}/") for number in (scene.case.pk, scene.case.pk + 99)
    )
    assert theirs.status_code == none.status_code == 404
    assert _without_number(theirs) == _without_number(none)


def _without_number(response: Any) -> str:
    said = re.sub(r"/desk/case/\d+/", "", response.content.decode())
    return re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+', "", said)


def test_what_eve_sees_holds_nothing_of_bens_case(scene: Scene) -> None:
    Case.objects.filter(pk=scene.case.pk).update(summary="zebra in the stairwell")
    eve, ben = (enter(user, is_program=False) for user in (scene.world.eve, scene.world.ben))
    for address in ("/desk/", "/desk/rows/", "/api/v1/cases"):
        assert b"zebra" not in answer(eve, "GET", address).content
    assert b"zebra" in answer(ben, "GET", "/desk/").content
