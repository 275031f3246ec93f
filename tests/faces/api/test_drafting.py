"""Rules changed by programs, from the draft to what is in force."""

from typing import Any

import pytest

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.models import Trial
from bihuan.spine.cases.sorting import editions
from tests.spine.cases.known import World, make_edition, make_user

RULE = {"agency": "grid", "service": "power_failure", "words": ["dark"], "priority": "urgent"}


@pytest.fixture
def ada(world: World) -> User:
    make_edition()  # a trial compares with the rules in force
    return make_user("ada", write_roles()["administrator"], None)


def names(answer: Any) -> list[str]:
    return [rule["name"] for rule in answer.json()["rules"]]


def test_a_draft_is_begun_written_ordered_and_put_in_force(ada: User, call: Any) -> None:
    assert call(ada, "POST", "/rules/draft/begin").status_code == 201
    for name in ("one", "two"):
        made = call(ada, "POST", "/rules/draft/rules", {**RULE, "name_zh": name, "name_en": name})
        assert made.status_code == 201
    last = made.json()["rules"][-1]["id"]
    path = f"/rules/draft/rules/{last}"
    assert names(call(ada, "POST", f"{path}/move", {"to": 1})) == ["two", "one"]
    changed = call(ada, "PUT", path, {**RULE, "agency": "water", "name_zh": "two", "name_en": "two"})
    assert changed.json()["rules"][0]["agency"]["code"] == "water"
    untried = call(ada, "POST", "/rules/draft/switch", {"revision": changed.json()["revision"]})
    assert (untried.status_code, untried.json()["type"]) == (422, "urn:bihuan:problem:untried")
    assert call(ada, "POST", "/rules/draft/trial").status_code == 200
    Trial.objects.update(finished_at="2026-11-23T04:00Z")
    done = call(ada, "POST", "/rules/draft/switch", {"revision": changed.json()["revision"]})
    assert (done.status_code, done.json().get("state")) == (200, "in_force"), done.content
    first = call(ada, "GET", "/rules/editions?limit=1").json()["items"][0]["edition"]
    assert first == done.json()["edition"]


def test_a_rule_is_taken_out_and_the_draft_thrown_away(ada: User, call: Any) -> None:
    call(ada, "POST", "/rules/draft/begin")
    rule = call(ada, "POST", "/rules/draft/rules", RULE).json()["rules"][0]
    assert rule["name"]
    assert call(ada, "DELETE", f"/rules/draft/rules/{rule['id']}").json()["rules"] == []
    assert call(ada, "POST", "/rules/draft/discard").status_code == 204
    assert editions.draft() is None
    assert call(ada, "POST", "/rules/draft/discard").status_code == 409


def test_an_earlier_edition_is_put_in_force_again(ada: User, call: Any) -> None:
    numbers = []
    for _ in range(2):
        draft = call(ada, "POST", "/rules/draft/begin").json()
        assert call(ada, "POST", "/rules/draft/trial").status_code == 200
        Trial.objects.update(finished_at="2026-11-23T04:00Z")
        done = call(ada, "POST", "/rules/draft/switch", {"revision": draft["revision"]})
        assert done.status_code == 200, done.content
        numbers.append(draft["edition"])
    assert call(ada, "POST", f"/rules/editions/{numbers[0]}/back").json()["state"] == "in_force"
    assert call(ada, "GET", f"/rules/editions/{numbers[1]}").json()["state"] == "past"
    assert call(ada, "GET", "/rules/editions/999").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"agency": "x"}, "agency"), ({"site": "x"}, "site"), ({"zone_state": "x"}, "zone_state"),
     ({"priority": "x"}, "priority"), ({"number": 0}, "number")],
)  # fmt: skip
def test_a_rule_that_names_what_is_not_there_is_refused(
    ada: User, call: Any, wrong: dict[str, Any], field: str
) -> None:
    call(ada, "POST", "/rules/draft/begin")
    refused = call(ada, "POST", "/rules/draft/rules", {**RULE, **wrong})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)


def test_an_officer_changes_no_rule(world: World, call: Any) -> None:
    assert call(world.ben, "POST", "/rules/draft/begin").status_code == 403
