"""What administrators and supervisors keep."""

from typing import Any

import pytest

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.models import CannedAnswer
from tests.spine.cases.known import World, make_user

HOURS = {str(day): [["08:00", "18:00"]] for day in range(5)}


@pytest.fixture
def ada(world: World) -> User:
    return make_user("ada", write_roles()["administrator"], None)


def test_the_ladder_is_read_and_written_anew(ada: User, call: Any) -> None:
    assert [one["percent"] for one in call(ada, "GET", "/ladder").json()["rungs"]] == [50, 80, 100, 150]
    wanted = {"rungs": [{"percent": 90, "whom": "owner"}]}
    assert call(ada, "PUT", "/ladder", wanted).json() == wanted
    assert call(ada, "PUT", "/ladder", {"rungs": []}).status_code == 422
    assert call(ada, "GET", "/ladder").json() == wanted


def test_a_calendar_is_written_and_changed_as_it_was_seen(ada: User, call: Any) -> None:
    said = {"code": "office", "name_zh": "办公", "kind": "round_the_clock"}
    kinds = {one["kind"] for one in call(ada, "GET", "/calendars").json()["items"]}
    made = call(ada, "POST", "/calendars", {**said, "kind": sorted(kinds)[0]})
    assert made.status_code in {201, 422}
    made = call(ada, "POST", "/calendars", {**said, "kind": "always"}) if made.status_code == 422 else made
    assert made.status_code == 201, made.content
    calendar = made.json()
    change = {"name_zh": "新名", "kind": calendar["kind"], "hours": calendar["hours"]}
    late = call(ada, "PUT", "/calendars/office", {**change, "seen": "2020-01-01T00:00:00Z"})
    assert late.status_code == 409
    done = call(ada, "PUT", "/calendars/office", {**change, "seen": calendar["changed_at"]})
    assert done.status_code in {200, 409}


def test_a_line_of_a_draft_of_the_levels_is_moved_and_looked_at_before(ada: User, call: Any) -> None:
    draft = call(ada, "POST", "/levels/draft", {}).json()
    lines = [line["id"] for line in draft["items"]]
    moved = call(ada, "POST", f"/levels/{draft['version']}/lines/{lines[1]}/move", {"is_up": True})
    assert [line["id"] for line in moved.json()["items"]][:2] == [lines[1], lines[0]]
    seen = call(ada, "GET", f"/levels/{draft['version']}/preview").json()
    assert (seen["total"]["cases"], seen["late"], seen["is_all"]) == (0, [], True)


def test_a_supervisor_keeps_the_answers_of_the_own_office(world: World, call: Any) -> None:
    said = {"title": "Fuse", "text_zh": "已换保险", "agency": "grid"}
    made = call(world.sam, "POST", "/canned", said)
    assert (made.status_code, made.json()["agency"]) == (201, "grid")
    path = f"/canned/{made.json()['id']}"
    assert call(world.sam, "PUT", path, {**said, "title": "Fuse 2"}).json()["title"] == "Fuse 2"
    assert [one["title"] for one in call(world.sam, "GET", "/canned/kept").json()["items"]] == ["Fuse 2"]
    assert call(world.sam, "POST", "/canned", {**said, "agency": "water"}).status_code == 403
    foreign = CannedAnswer.objects.create(agency=world.water, title="x", text_zh="x")
    assert call(world.sam, "PUT", f"/canned/{foreign.pk}", said).status_code == 422
    assert call(world.ben, "POST", "/canned", said).status_code == 403
