"""Finding and overseeing by programs."""

from typing import Any

import pytest

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.reading import reveal
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import NOON, PHONE, World, make_case, make_user


@pytest.fixture
def aud(world: World) -> User:
    return make_user("aud", write_roles()["auditor"], None)


def test_a_case_is_found_by_number_receipt_and_telephone_as_far_as_one_may_see(
    world: World, call: Any
) -> None:
    case = make_case(world)
    for text in (str(case.pk), case.askers.get().submission.receipt, PHONE):
        found = call(world.olga, "POST", "/cases/search", {"text": text}).json()["items"]
        assert [one["id"] for one in found] == [case.pk], text
        assert call(world.eve, "POST", "/cases/search", {"text": text}).json()["items"] == []


def test_what_is_to_be_sorted_comes_in_groups(world: World, call: Any) -> None:
    cases = [make_case(world, Status.TRIAGE, agency=None) for _ in range(3)]
    (group,) = call(world.olga, "GET", "/cases/groups").json()["items"]
    assert sorted(group["cases"]) == [case.pk for case in cases]
    assert call(world.ben, "GET", "/cases/groups").status_code == 403


def test_a_group_is_sorted_in_one_request(world: World, call: Any) -> None:
    cases = [make_case(world, Status.TRIAGE, agency=None) for _ in range(2)]
    said = {
        "verb": "sort",
        "cases": [case.pk for case in cases],
        "service": "power_failure",
        "agency": "grid",
    }
    done = call(world.olga, "POST", "/cases/bulk", {**said, "priority": "urgent"}).json()
    assert done["done"] == 2, done
    for case in cases:
        case.refresh_from_db()
        assert (case.agency, case.priority) == (world.grid, "urgent")


def test_the_board_and_the_map_are_what_was_counted(world: World, call: Any) -> None:
    for path in ("/board", "/map"):
        assert isinstance(call(world.max, "GET", path).json()["figures"], dict)
        assert call(world.ben, "GET", path).status_code == 403


def test_of_a_message_that_failed_only_who_sees_the_case_reads_the_words(world: World, call: Any) -> None:
    case = make_case(world)
    Message.objects.create(
        channel="sms", template="x", language="zh", subject="Power", body="x", case_id=case.pk, status="failed",
        created_at=NOON, due_at=NOON,
    )  # fmt: skip
    seen = call(world.olga, "GET", "/failed").json()["items"][0]
    assert (seen["subject"], seen["case"]) == ("Power", case.pk)
    ada = make_user("ada", write_roles()["administrator"], None)
    hidden = call(ada, "GET", "/failed").json()["items"][0]
    assert (hidden["subject"], hidden["case"]) == ("", None)


def test_an_auditor_reads_who_read_personal_data(world: World, aud: User, call: Any) -> None:
    case = make_case(world)
    reveal(submission=case.askers.get().submission, field="phone", purpose="call_back", by=world.ben)
    (row,) = call(aud, "GET", "/audit").json()["items"]
    assert (row["verb"], row["actor"], row["case"]) == ("reveal", world.ben.pk, case.pk)
    assert call(aud, "GET", f"/audit?case={case.pk}").json()["items"][0]["verb"] == "reveal"
    assert call(world.ben, "GET", "/audit").status_code == 403


def test_a_report_is_asked_for_and_followed(world: World, aud: User, call: Any) -> None:
    said = {"since": "2026-11-23T00:00:00Z", "until": "2026-11-24T00:00:00Z"}
    made = call(aud, "POST", "/afteraction/reports", said)
    assert made.status_code == 201 and made.json()["done_at"] is None
    number = made.json()["id"]
    assert call(aud, "GET", f"/afteraction/reports/{number}").json()["id"] == number
    assert [one["id"] for one in call(aud, "GET", "/afteraction/reports").json()["items"]] == [number]
    assert call(world.ben, "GET", f"/afteraction/reports/{number}").status_code == 403
    assert call(aud, "POST", "/afteraction/reports", {**said, "until": said["since"]}).status_code == 422
