"""One step of one ask's course after the other."""

from contextlib import closing
from random import Random

import pytest

from bihuan.drill.agencies import agency_rows
from bihuan.drill.agenda import Course
from bihuan.drill.client import Client
from bihuan.drill.day import Ask
from bihuan.drill.player import TRIES, Next, Player
from bihuan.drill.posts import Posts
from bihuan.drill.scripts import DONE, brief, held, merged, returned, smooth, unhappy
from bihuan.drill.staff import staff_rows
from bihuan.drill.telling import Story
from bihuan.drill.wire import Wire
from tests.drill.small_city import SmallCity, running

pytestmark = pytest.mark.once

POSTS = Posts([{**row, "token": row["username"]} for row in staff_rows()], agency_rows())


@pytest.fixture
def city():
    return SmallCity()


@pytest.fixture
def player(city):
    with running(city) as url, closing(Wire(url, waits_s=())) as wire:
        yield Player(Client(wire), POSTS, Story(lambda line: None))


def _course(deeds, key: str = "a", service: str = "power_failure") -> Course:
    body = {
        "client_id": key, "service": service, "text": "no power", "site": "x", "channel": "web",
        "phone": "19900000007",
    }  # fmt: skip
    return Course(Ask(key, 0.0, "story", body, tuple(deeds)), 0.0, list(deeds))


def _walk(player: Player, course: Course, most: int = 60) -> Next:
    following = Next.PLANNED
    for _ in range(most):
        if following is Next.OVER:
            break
        following = player.step(course, 0.0)
    return following


@pytest.mark.parametrize("channel", ["web", "wechat"])
@pytest.mark.parametrize("script", [smooth, held, returned, unhappy])
def test_a_course_runs_to_the_askers_yes(player, city, script, channel) -> None:
    course = _course(script(Random(1), DONE["power"]))
    course.ask.body["channel"] = channel
    assert _walk(player, course) is Next.OVER
    assert city.cases[1]["status"] == "closed"
    assert "refused" not in player.story.counts


def test_work_is_done_by_an_officer_and_sorted_by_an_operator(player, city) -> None:
    _walk(player, _course(returned(Random(1), DONE["power"])))
    who = {verb: name for _, verb, name in city.deeds}
    assert who["assign"] == "operator"
    assert who["accept"] == "officer-housing"
    assert who["confirm"] == "asker"


def test_a_case_that_no_rule_caught_is_sorted_first(player, city) -> None:
    assert _walk(player, _course(brief(Random(1), DONE["words"]), service="complaint")) is Next.OVER
    assert city.deeds[0] == (1, "assign", "operator")
    assert city.cases[1]["status"] == "closed"


def test_a_course_waits_while_triage_has_not_got_to_it(player, city) -> None:
    city.blind = 2
    course = _course(smooth(Random(1), ""))
    assert player.step(course, 0.0) is Next.PLANNED
    assert [player.step(course, 0.0) for _ in range(3)] == [Next.SOON, Next.SOON, Next.PLANNED]


def test_a_course_does_not_wait_for_ever(player, city) -> None:
    city.blind = TRIES + 10
    assert _walk(player, _course(smooth(Random(1), "")), most=TRIES + 10) is Next.OVER
    assert city.deeds == []


def test_an_ask_that_the_door_refuses_ends_its_course(player, city) -> None:
    city.busy = 1
    assert player.step(_course(smooth(Random(1), "")), 0.0) is Next.OVER
    assert player.story.counts["refused"] == 1


def test_when_somebody_was_quicker_the_course_goes_on(player, city) -> None:
    course = _course(smooth(Random(1), DONE["power"]))
    player.step(course, 0.0)
    city.act(1, "accept", {}, "the person who watches")
    assert _walk(player, course) is Next.OVER
    assert city.cases[1]["status"] == "closed"
    assert player.story.counts["refused"] == 1


def test_a_course_that_is_refused_again_and_again_is_given_up(player, city) -> None:
    course = _course(smooth(Random(1), DONE["power"]))
    player.step(course, 0.0)
    city.cases[1]["status"] = "declined"
    assert _walk(player, course) is Next.OVER
    assert player.story.counts["refused"] <= 5


def test_a_twin_is_merged_into_the_case_that_came_first(player, city) -> None:
    lead = _course(smooth(Random(1), ""), "lead")
    for _ in range(2):
        player.step(lead, 0.0)
    assert _walk(player, _course(merged(Random(1), "lead"), "twin")) is Next.OVER
    assert city.cases[2]["status"] == "merged"


def test_a_twin_waits_until_the_first_has_a_case(player) -> None:
    course = _course(merged(Random(1), "lead"), "twin")
    assert [player.step(course, 0.0) for _ in range(2)] == [Next.PLANNED, Next.SOON]


def test_a_twin_that_can_not_be_merged_is_worked_on_by_itself(player, city) -> None:
    lead = _course(smooth(Random(1), ""), "lead")
    _walk(player, lead)
    twin = _course(merged(Random(1), "lead"), "twin")
    player.step(twin, 0.0)
    city.cases[2]["status"] = "resolved"
    player.step(twin, 0.0)
    assert [deed.verb for deed in twin.deeds][:2] == ["accept", "dispatch"]
