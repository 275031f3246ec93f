"""The suit-maker's day."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bihuan.drill.agencies import agency_rows
from bihuan.drill.posts import Posts
from bihuan.drill.staff import staff_rows
from bihuan.drill.suit_maker import SCENES, SuitMaker
from bihuan.drill.telling import Story
from bihuan.drill.wire import Answer

pytestmark = pytest.mark.once
POSTS = Posts([{**row, "token": row["username"]} for row in staff_rows()], agency_rows())


class PassDesk:
    """Answers like the city, and remembers what was done."""

    def __init__(self, status: int = 200) -> None:
        self.done: list[str] = []
        self.form: Mapping[str, str] = {}
        self.answer = Answer(status, {"location": "/passes/r/482109375526/"}, b"{}")

    def apply_for_pass(self, fields: Mapping[str, str]) -> Answer:
        self.form = fields
        return self._did("apply")

    def answer_about_pass(self, receipt: str, phone: str, text: str) -> Answer:
        return self._did(f"answer {receipt}")

    def find_pass(self, receipt: str, by: Any) -> int:
        return 7

    def act_on_pass(self, number: int, verb: str, body: Mapping[str, Any], by: Any) -> Answer:
        return self._did(f"{number} {verb} {body.get('step', '')}".strip())

    def _did(self, what: str) -> Answer:
        self.done.append(what)
        return self.answer


def play(desk: PassDesk, minutes: range) -> SuitMaker:
    maker = SuitMaker(desk, POSTS, Story(lambda line: None), date(2022, 11, 20))  # type: ignore[arg-type]
    for minute in minutes:
        maker.go(float(minute))
    return maker


def test_a_day_is_played_from_the_asking_to_the_way_out() -> None:
    desk = PassDesk()
    play(desk, range(0, 1440, 5))
    assert desk.done == [
        "apply", "7 ask", "answer 482109375526", "7 approve", "7 trips", "7 step gate", "7 step point",
        "7 step handed", "7 step out",
    ]  # fmt: skip


def test_it_is_asked_at_ten_and_issued_before_one() -> None:
    desk = PassDesk()
    play(desk, range(600))
    assert desk.done == []
    play(desk, range(600, 601))
    assert desk.done == ["apply"]
    issued = next(scene.at_min for scene in SCENES if scene.words == "issued")
    assert 600 < issued < 13 * 60


def test_a_pass_is_asked_for_from_now_for_a_day() -> None:
    desk = PassDesk()
    play(desk, range(600, 601))
    start, end = (datetime.fromisoformat(desk.form[name]) for name in ("valid_from", "valid_until"))
    assert (start.isoformat(), end - start) == ("2022-11-20T10:00:00", timedelta(hours=24))


def test_the_next_day_begins_anew_with_another_form() -> None:
    desk = PassDesk()
    play(desk, range(0, 2 * 1440, 10))
    assert desk.done.count("apply") == 2
    assert desk.form["client_id"] == "drill-suits-20221121"


def test_a_no_of_the_city_ends_the_story_of_that_day() -> None:
    desk = PassDesk(409)
    maker = play(desk, range(600, 1000, 10))
    assert desk.done == ["apply"]
    assert maker.story.counts["refused"] == 1


def test_when_the_days_to_be_played_are_over_nobody_asks_anew() -> None:
    desk = PassDesk()
    maker = SuitMaker(desk, POSTS, Story(lambda line: None), date(2022, 11, 20), until_min=9 * 60)  # type: ignore[arg-type]
    maker.go(10 * 60 + 1)
    assert desk.done == []
