"""The timeline over the API."""

from typing import Any

import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import issue
from bihuan.spine.cases.models import Case
from tests.spine.cases.afteraction.made import DAY, at, write_day
from tests.spine.cases.known import World, make_world

PATH = "/api/v1/afteraction/"
PERIOD = {"since": DAY.from_at.isoformat(), "until": DAY.until_at.isoformat()}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def get(user: User, path: str, **said: Any) -> Any:
    client = Client(headers={"authorization": f"Bearer {issue(user, 'trial')}"})
    with clock.running(lambda: at(900)):
        return client.get(PATH + path, said)


def test_pages_of_the_timeline_hold_every_event_once(world: World) -> None:
    write_day(world)
    told = list(DAY.all_events().values_list("pk", flat=True))
    found, cursor = [], ""
    while cursor is not None:
        answer = get(world.max, "events", **PERIOD, limit=3, cursor=cursor).json()
        found += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
    assert [number for number in found if number in told] == told
    assert len(found) == len(set(found))


def test_a_timeline_is_narrowed_by_kind_and_agency(world: World) -> None:
    write_day(world)
    answer = get(world.max, "events", **PERIOD, kind=["clock"], agency=[world.grid.pk]).json()
    assert [(item["verb"], item["kind"]) for item in answer["items"]] == [("breached", "clock")]


def test_a_case_is_told_as_it_stood(world: World) -> None:
    case = write_day(world)["first"]
    answer = get(world.max, f"cases/{case.pk}", at=at(60).isoformat()).json()
    assert answer["columns"]["status"] == "waiting"
    assert (
        get(world.max, f"cases/{case.pk}").json()["columns"]["status"] == Case.objects.get(pk=case.pk).status
    )
    assert get(world.max, f"cases/{case.pk}", at=at(-1).isoformat()).status_code == 404


def test_a_wrong_period_is_a_problem_in_words(world: World) -> None:
    answer = get(world.max, "events", since=PERIOD["until"], until=PERIOD["since"])
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


@pytest.mark.parametrize("who", ["ben", "olga", "sam", "dan"])
def test_who_may_not_look_back_is_refused(world: World, who: str) -> None:
    assert get(getattr(world, who), "events").status_code == 403


def test_an_offset_that_no_clock_has_is_no_fault_of_ours(world: World, call: Any) -> None:
    """PostgreSQL takes no offset from sixteen hours on, SQLite any below a day."""
    said = {"since": "2026-11-01T00:00:00-23:23", "until": "2026-11-02T00:00:00Z"}
    assert call(world.max, "POST", "/afteraction/reports", said).status_code in {201, 422}
