"""Plays one step of one ask's course: hands it in, waits for its Case, does the next deed."""

from collections.abc import Callable, Iterable
from enum import Enum
from random import Random
from typing import Any

from bihuan.drill.agenda import Course
from bihuan.drill.client import CaseSeen, Client
from bihuan.drill.posts import Account, Posts
from bihuan.drill.scripts import DONE, Deed, smooth
from bihuan.drill.telling import Story
from bihuan.drill.wire import Answer

RETRY_S = 1.0
TRIES = 90
"""How often to look for something the city has not got to; with ``RETRY_S`` a minute and a half."""
REFUSALS = 2
SORT = Deed(0, "operator", "assign", "请热线核实后答复。 The hotline is to look into it.", "hotline")
"""What the operator does with a Case that no rule found an owner for."""


class Next(Enum):
    """What becomes of a course after a step."""

    PLANNED = "planned"
    SOON = "soon"
    OVER = "over"


class Player:
    """All the people of the day. Steps of different courses may run in different threads."""

    def __init__(
        self,
        client: Client,
        posts: Posts,
        story: Story,
        sites: Iterable[dict[str, Any]] = (),
        districts: Iterable[dict[str, Any]] = (),
    ) -> None:
        self.client, self.posts, self.story = client, posts, story
        names = {row["code"]: row["name_zh"] for row in districts}
        self.places = {
            row[name]: names.get(row["district"], "") for row in sites for name in ("name_zh", "name_en")
        }
        self.cases: dict[str, CaseSeen] = {}

    def step(self, course: Course, minute: float) -> Next:
        """Do the next thing of a course; never raises for what the city answers."""
        if not course.receipt:
            return self._submit(course, minute)
        if not course.deeds:
            return Next.OVER
        if course.case is None and not self._find(course):
            return self._again(course)
        assert course.case is not None
        if not course.case.agency and course.deeds[0].who == "officer":
            course.deeds.insert(0, SORT)
        return self._deed(course, course.deeds[0], minute)

    def _submit(self, course: Course, minute: float) -> Next:
        answer, body = self.client.submit(course.ask.body), course.ask.body
        if not answer.is_good:
            self.story.refused(minute, body["service"], answer.why())
            return Next.OVER
        course.receipt = answer.value()["receipt"]
        place = f"{self.places.get(body['site'], '')} {body['site']}"
        self.story.asked(minute, place, body["channel"], body["text"])
        return self._plan(course)

    def _find(self, course: Course) -> bool:
        """Look for the Case; the operators may see every one."""
        operator = self.posts.for_deed("operator", "")
        course.case = self.client.find_case(course.receipt, operator) if operator else None
        if course.case:
            self.cases[course.ask.key] = course.case
        return course.case is not None

    def _deed(self, course: Course, deed: Deed, minute: float) -> Next:
        who, answer = self._do(course, deed)
        if answer is None:
            return self._again(course)
        assert course.case is not None
        course.deeds.pop(0)
        if answer.is_good:
            course.refused = course.tries = 0
            self.story.did(minute, course.case.id, deed.verb, who, deed.target)
            self._look_again(course, deed)
            return self._plan(course)
        self.story.refused(minute, f"No. {course.case.id}: {deed.verb}", answer.why())
        return self._after_refusal(course, deed)

    def _do(self, course: Course, deed: Deed) -> tuple[str, Answer | None]:
        """Return who did it and the answer; no answer when the city is not ready for it yet."""
        assert course.case is not None
        if deed.who == "asker":
            return "", self._ask_back(course, deed)
        by = self.posts.for_deed(deed.who, course.case.agency)
        if by is None:
            return "", None
        body = BODIES.get(deed.verb, _nothing)(self, course, deed, by)
        return by.name, None if body is None else self.client.act(course.case, deed.verb, body, by)

    def _ask_back(self, course: Course, deed: Deed) -> Answer:
        """Whoever came by the web opens the status page; the other channels' programs use the API."""
        body = course.ask.body
        way = self.client.act_on_page if body["channel"] == "web" else self.client.act_as_asker
        return way(course.receipt, body["phone"], deed.verb, deed.text)

    def _look_again(self, course: Course, deed: Deed) -> None:
        if deed.verb in {"assign", "return_to_triage"}:
            self._find(course)

    def _after_refusal(self, course: Course, deed: Deed) -> Next:
        """Somebody was quicker, often the person who watches: go on, but not against a wall."""
        course.refused += 1
        if deed.verb == "merge":
            course.deeds = list(smooth(Random(course.ask.key), DONE["power"]))
        return Next.OVER if course.refused > REFUSALS else self._plan(course)

    def _plan(self, course: Course) -> Next:
        if not course.deeds:
            return Next.OVER
        course.due_min += course.deeds[0].wait_min
        return Next.PLANNED

    def _again(self, course: Course) -> Next:
        course.tries += 1
        return Next.SOON if course.tries < TRIES else Next.OVER


Body = dict[str, Any] | None
Fill = Callable[[Player, Course, Deed, Account], Body]


def _nothing(player: Player, course: Course, deed: Deed, by: Account) -> Body:
    return {}


def _resolve(player: Player, course: Course, deed: Deed, by: Account) -> Body:
    photo = player.client.upload(course.ask.key, by)
    return {"reply": deed.text, "photo": photo or None}


def _dispatch(player: Player, course: Course, deed: Deed, by: Account) -> Body:
    assert course.case is not None
    teams = player.client.teams_of(course.case.agency, by)
    title = course.ask.body["text"][:80]
    return {"title": title, "team": Random(course.ask.key).choice(teams)} if teams else {"title": title}


def _merge(player: Player, course: Course, deed: Deed, by: Account) -> Body:
    into = player.cases.get(deed.target)
    return {"into": into.id} if into else None


BODIES: dict[str, Fill] = {
    "resolve": _resolve,
    "dispatch": _dispatch,
    "merge": _merge,
    "assign": lambda player, course, deed, by: {"agency": deed.target, "reason": deed.text},
    "return_to_triage": lambda player, course, deed, by: {"reason": deed.text},
    "hold": lambda player, course, deed, by: {"question": deed.text},
}
