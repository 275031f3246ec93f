"""Rules, trials, suggestions over the API."""

import pytest

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.sorting import editions, trials
from bihuan.spine.cases.states import Status
from tests.faces.api.conftest import Call
from tests.spine.cases.known import World, make_case, make_rule, make_user


@pytest.fixture
def ada(world: World) -> User:
    return make_user("ada", write_roles()["administrator"], None)


def test_the_rules_in_force_are_told_with_their_sentences(world: World, call: Call) -> None:
    make_rule(1, world.grid, service=world.service, words=["停电", "no power"])
    make_rule(2, world.grid, service=world.service, words=["停电了"])
    answer = call(world.sam, "GET", "/rules").json()
    first, second = answer["rules"]
    assert "“停电” or “no power” occurs" in first["sentence"]
    assert (first["hidden_by"], second["hidden_by"]) == (None, 1)
    assert call(world.eve, "GET", "/rules").status_code == 403


def test_a_draft_is_tried_over_the_api(world: World, ada: User, call: Call) -> None:
    make_rule(1, world.grid, service=world.service)
    make_case(world)
    assert call(ada, "GET", "/rules/draft").status_code == 404
    editions.begin_draft(by=ada)
    assert call(world.sam, "POST", "/rules/draft/trial").status_code == 403
    assert call(ada, "POST", "/rules/draft/trial").json()["total"] == 1
    trials.advance()
    answer = call(world.sam, "GET", "/rules/draft/trial").json()
    assert (answer["done"], answer["shifts"], answer["never_decided"]) == (1, [], [1])
    assert answer["finished_at"]


def test_without_a_training_nothing_is_suggested_and_the_count_is_told(world: World, call: Call) -> None:
    case = make_case(world, Status.TRIAGE, service=None)
    answer = call(world.olga, "GET", f"/cases/{case.pk}/suggestion").json()
    assert answer == {"services": [], "agencies": []}
    assert call(world.ben, "GET", f"/cases/{case.pk}/suggestion").status_code == 403
    assert call(world.olga, "GET", "/learning").json()["learnt"] == []
