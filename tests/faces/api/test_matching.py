"""If-Match: two programs don't overwrite each other."""

from typing import Any

import pytest
from django.test import Client

from bihuan.faces.api.matching import version_of
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import issue
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.reading import reveal
from tests.spine.cases.known import World, make_case


def deed(user: User, case: Case, verb: str, body: Any, match: str) -> Any:
    client = Client(headers={"authorization": f"Bearer {issue(user, 'x')}", "accept-language": "en"})
    path = f"/api/v1/cases/{case.pk}/{verb}"
    return client.post(path, body, content_type="application/json", headers={"if-match": match})


def etag(call: Any, user: User, case: Case) -> str:
    return str(call(user, "GET", f"/cases/{case.pk}").headers["ETag"])


def test_who_read_the_case_as_it_is_may_act_and_learns_the_new_state(world: World, call: Any) -> None:
    case = make_case(world)
    accepted = deed(world.ben, case, "accept", {}, etag(call, world.ben, case))
    assert accepted.status_code == 200
    assert deed(world.ben, case, "note", {"text": "x"}, accepted.headers["ETag"]).status_code == 200


def test_of_two_who_read_the_same_the_second_is_told_and_nothing_is_written(world: World, call: Any) -> None:
    case = make_case(world)
    seen = etag(call, world.ben, case)
    assert deed(world.ben, case, "accept", {}, etag(call, world.ben, case)).status_code == 200
    late = deed(world.ida, case, "note", {"text": "mine"}, seen)
    assert (late.status_code, late.json()["type"]) == (412, "urn:bihuan:problem:changed")
    assert not case.notes.filter(text="mine").exists()


@pytest.mark.parametrize("match", ['"c999999.x"', '"x"', "nonsense", 'W/"c0"'])
def test_a_state_that_never_was_is_refused(world: World, match: str) -> None:
    assert deed(world.ben, make_case(world), "accept", {}, match).status_code == 412


def test_a_star_is_any_state(world: World) -> None:
    assert deed(world.ben, make_case(world), "accept", {}, "*").status_code == 200


def test_a_reading_of_personal_data_is_no_change_a_deed_is(world: World) -> None:
    case = make_case(world)
    before = version_of(case.pk)
    reveal(submission=case.askers.get().submission, field="phone", purpose="call_back", by=world.ben)
    assert version_of(case.pk) == before
    actions.accept(case=case, by=world.ben)
    assert version_of(case.pk) != before
