"""Rounds of the community centres."""

from typing import Any

import pytest

from bihuan.drill.city import make_city
from bihuan.drill.looking_in import EVERY_MIN, OPEN, LookingIn
from bihuan.drill.posts import Posts
from bihuan.drill.staff import staff_rows
from bihuan.drill.telling import Story
from bihuan.drill.wire import Answer

pytestmark = pytest.mark.once

DONE = Answer(200, {}, b"{}")


class CareList:
    """Answers like the city, and remembers what was taken down."""

    def __init__(self, answer: Answer = DONE) -> None:
        self.asked: list[str] = []
        self.taken: list[tuple[int, str]] = []
        self.answer = answer

    def care_today(self, by: Any) -> list[dict[str, Any]]:
        self.asked.append(by.agency)
        states = (*OPEN, "later", "done")
        return [
            {"id": number, "state": states[number % 5], "next_check_at": f"{len(self.asked)}"}
            for number in range(200)
        ]

    def care_check(self, person: int, found: str, by: Any) -> Answer:
        self.taken.append((person, found))
        return self.answer

    def care_need(self, person: int, body: Any, by: Any) -> Answer:
        self.taken.append((person, "needs"))
        return self.answer


def rounds(care: CareList, told: list[str]) -> LookingIn:
    accounts = [{**row, "token": row["username"]} for row in staff_rows()]
    agencies = make_city(1, small=True)["agencies"]
    return LookingIn(care, Posts(accounts, agencies), Story(told.append), seed=1)  # type: ignore[arg-type]


def test_each_centre_goes_round_once_in_its_time() -> None:
    care = CareList()
    looking = rounds(care, [])
    for tenth in range(int(EVERY_MIN * 10)):
        looking.go(tenth / 10)
    assert len(care.asked) == len(set(care.asked)) == len(looking.centres) == 9


def test_only_who_is_due_is_looked_in_on_and_a_few_are_forgotten() -> None:
    care = CareList()
    rounds(care, []).go(0)
    due = [number for number in range(200) if number % 5 < len(OPEN)]
    assert {person for person, _ in care.taken} < set(due)
    assert {found for _, found in care.taken} == {"well", "no_answer", "could_not", "needs"}


def test_a_no_of_the_city_is_told_and_ends_nothing() -> None:
    care = CareList(Answer(409, {}, b'{"detail": "left"}'))
    looking = rounds(care, [])
    looking.go(0)
    assert looking.story.counts["refused"] == len(care.taken)
    assert looking.story.counts["checks"] == 0
