"""Service levels drafted, edited and put in force by a program."""

from typing import Any

import pytest

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.models import AgreementStatus, Level
from bihuan.spine.cases.promises import levels
from tests.faces.api.conftest import Call
from tests.spine.cases.known import World, make_user


@pytest.fixture
def ada(world: World) -> User:
    return make_user("ada", write_roles()["administrator"], None)


@pytest.fixture
def draft(ada: User, call: Call) -> dict[str, Any]:
    made = call(ada, "POST", "/levels/draft", {"note": "winter"})
    assert made.status_code == 201
    return made.json()


def _line(draft: dict[str, Any], **said: object) -> dict[str, Any]:
    """Return the last line of a draft as it is to be."""
    return {name: value for name, value in draft["items"][-1].items() if name not in {"id", "order"}} | said


def _lines(draft: dict[str, Any]) -> str:
    return f"/levels/{draft['version']}/lines"


def test_a_draft_begins_with_the_lines_in_force(draft: dict[str, Any]) -> None:
    assert draft["status"] == AgreementStatus.DRAFT
    assert len(draft["items"]) == len(levels.lines_of(levels.in_force()))


def test_a_line_is_added_changed_and_removed(ada: User, call: Call, draft: dict[str, Any]) -> None:
    before = {line["id"] for line in draft["items"]}
    added = call(ada, "POST", _lines(draft), _line(draft, urgency="life", accept_min=7)).json()
    line = next(one for one in added["items"] if one["id"] not in before)
    assert (line["urgency"], line["accept_min"]) == ("life", 7)
    path = f"{_lines(draft)}/{line['id']}"
    assert call(ada, "PUT", path, _line(draft, urgency="life", accept_min=9)).status_code == 200
    assert Level.objects.get(pk=line["id"]).accept_min == 9
    assert {one["id"] for one in call(ada, "DELETE", path).json()["items"]} == before


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"urgency": "soonish"}, "urgency"),
        ({"calendar": "lunar"}, "calendar"),
        ({"from_min": 60}, "until_min"),
    ],
)
def test_what_no_form_would_take_is_refused_by_its_field(
    ada: User, call: Call, draft: dict[str, Any], said: dict[str, Any], field: str
) -> None:
    answer = call(ada, "POST", _lines(draft), _line(draft, **said))
    assert answer.status_code == 422 and field in answer.content.decode()
    assert Level.objects.filter(agreement__number=draft["version"]).count() == len(draft["items"])


def test_a_draft_is_put_in_force_over_the_version_that_was_looked_at(
    ada: User, call: Call, draft: dict[str, Any]
) -> None:
    lines = Level.objects.filter(agreement__number=draft["version"])
    lines.exclude(pk=draft["items"][-1]["id"]).delete()
    lines.update(priority="", urgency="")
    over, path = levels.in_force().number, f"/levels/{draft['version']}/in_force"
    assert call(ada, "POST", path, {"over": over + 7}).status_code == 409
    assert call(ada, "POST", path, {"over": over}).json()["status"] == AgreementStatus.IN_FORCE
    assert levels.in_force().number == draft["version"]
    assert call(ada, "POST", _lines(draft), _line(draft)).status_code == 409


def test_only_an_administrator_may(world: World, call: Call, draft: dict[str, Any]) -> None:
    assert call(world.max, "POST", "/levels/draft", {}).status_code == 403
    assert call(world.max, "POST", f"/levels/{draft['version']}/in_force", {"over": 1}).status_code == 403
    assert call(world.max, "DELETE", f"{_lines(draft)}/1").status_code == 403
