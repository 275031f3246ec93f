"""Plays a week over API v1, as programs of the offices and of the askers' channels would, on a steered clock.

The worker's steps run between the ticks, in the order in which a worker runs them. New asks come in by the
door, as an import's do; everything after that is a request to the API with somebody's token.
"""

import json
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from bihuan.drill.posts import Posts
from bihuan.drill.scripts import Deed
from bihuan.kernel import clock
from bihuan.spine.cases import rounds
from bihuan.spine.door.submit import Received, submit_many
from tests.conformance.week.courses import Agenda, Course

TICK_MIN = 60
BULK = frozenset({"accept", "reply", "resolve", "hold", "return_to_triage", "assign"})
AT_ONCE = 200
UNCOUNTED = frozenset({"figures", "rates", "services", "heartbeat", "seal", "learn", "watch"})
FALLBACK = "hotline"

CONTENT = ("", "yes", "yes", "fair", "yes", "no", "")

Body = dict[str, Any]


def hash_of(key: str) -> int:
    """Return a number for a word, the same in every run."""
    return zlib.crc32(key.encode())


@dataclass
class Week:
    """A week under way. ``refused`` counts what the API would not do, by verb and status."""

    start: datetime
    posts: Posts
    now: datetime = field(init=False)
    courses: dict[str, Course] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    done: int = 0

    def __post_init__(self) -> None:
        self.now = self.start
        self.client = Client()
        self.agenda = Agenda()
        self.steps = [step for step in rounds.steps() if step.name not in UNCOUNTED]

    def play(self, planned: list[tuple[float, Course]], minutes: int) -> None:
        """Play from the start until so many minutes later, and let the worker finish."""
        coming = iter(planned)
        waiting = next(coming, None)
        with clock.running(lambda: self.now):
            for minute in range(TICK_MIN, minutes + 1, TICK_MIN):
                self.now = self.start + timedelta(minutes=minute)
                arrived = []
                while waiting is not None and waiting[0] <= minute:
                    arrived.append(waiting[1])
                    waiting = next(coming, None)
                self._submit(arrived, minute)
                self._work()
                self._deal(self.agenda.take(minute), minute)
                self._work()

    def _work(self) -> None:
        for step in self.steps:
            while step.run():
                pass

    def _submit(self, courses: list[Course], minute: float) -> None:
        answers = submit_many(course.ask.body for course in courses)
        for course, answer in zip(courses, answers, strict=True):
            assert isinstance(answer, Received), answer
            course.receipt = answer.receipt
            self.courses[course.ask.key] = course
            self.agenda.plan(course, minute)

    def _deal(self, courses: list[Course], minute: float) -> None:
        """Do the next deed of each course: what many people do alike goes in bulk."""
        self._find([course for course in courses if not course.case])
        bulk: dict[tuple[str, str, str], list[Course]] = defaultdict(list)
        for course in courses:
            deed, agency = course.deeds[0], course.agency
            if deed.who == "officer" and not agency:
                deed = Deed(0, "operator", "assign", "请承办单位核实。", FALLBACK)
                course.deeds.insert(0, deed)
            if deed.verb in BULK and deed.who != "asker":
                bulk[(deed.verb, self._token(deed.who, agency), deed.target)].append(course)
            else:
                self._one(course, deed, agency)
        for (verb, token, target), group in bulk.items():
            self._many(verb, token, target, group)
        for course in courses:
            deed = course.deeds.pop(0)
            if deed.verb in {"assign", "return_to_triage"}:
                course.agency = deed.target
            self.agenda.plan(course, minute)

    def _find(self, courses: list[Course]) -> None:
        """Look up the Cases of new receipts, many at a time."""
        by_receipt = {course.receipt: course for course in courses}
        receipts = list(by_receipt)
        for first in range(0, len(receipts), AT_ONCE):
            said = {"receipts": receipts[first : first + AT_ONCE]}
            for row in self._post("/api/v1/cases/find", self._token("operator"), said, "find")["items"]:
                course = by_receipt[row["receipt"]]
                course.case, course.agency = row["case"]["id"], (row["case"]["agency"] or {}).get("code", "")

    def _one(self, course: Course, deed: Deed, agency: str) -> None:
        if deed.who == "asker":
            said = {"digits": course.ask.body["phone"][-4:]}
            if deed.verb in {"answer", "reopen"}:
                said["text"] = deed.text
            if deed.verb in {"confirm", "reopen"}:
                # Some say how content they are, most of them are, some say no more than yes or no.
                said["content"] = CONTENT[hash_of(course.ask.key) % len(CONTENT)]
            self._post(f"/api/v1/receipts/{course.receipt}/{deed.verb}", "", said, deed.verb)
            return
        body: Body = {}
        if deed.verb == "merge":
            body = {"into": self.courses[deed.target].case}
        elif deed.verb == "dispatch":
            body = {"title": "上门", "person": None} | self._team(agency)
        token = self._token(deed.who, agency)
        self._post(f"/api/v1/cases/{course.case}/{deed.verb}", token, body, deed.verb)

    def _team(self, agency: str) -> Body:
        token = self._token("officer", agency)
        teams = self._get("/api/v1/teams", token)["items"]
        return {"team": teams[0]["id"]} if teams else {}

    def _many(self, verb: str, token: str, target: str, group: list[Course]) -> None:
        said = {
            "accept": {}, "reply": {"reply": "已在路上。"}, "resolve": {"reply": "已办好。"},
            "hold": {"question": "请问几号楼？"}, "return_to_triage": {"reason": "不归本单位。"},
            "assign": {"agency": target, "reason": "核实。"},
        }[verb]  # fmt: skip
        for first in range(0, len(group), AT_ONCE):
            numbers = [course.case for course in group[first : first + AT_ONCE]]
            body = {"verb": verb, "cases": numbers, **said}
            answer = self._post("/api/v1/cases/bulk", token, body, verb)
            for row in answer.get("items", []):
                if row["outcome"] == "done":
                    self.done += 1
                else:
                    self.refused[f"{verb} {row['outcome']}"] += 1

    def _token(self, role: str, agency: str = "") -> str:
        by = self.posts.for_deed(role, agency)
        assert by, f"nobody is {role} for {agency or 'the city'}"
        return by.token

    def _get(self, path: str, token: str) -> Body:
        answer = self.client.get(path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:300])
        return dict(json.loads(answer.content))

    def _post(self, path: str, token: str, body: Body, verb: str) -> Body:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = self.client.post(path, json.dumps(body), content_type="application/json", headers=headers)
        assert answer.status_code < 500, (path, answer.status_code, answer.content[:300])
        if answer.status_code >= 400:
            self.refused[f"{verb} {answer.status_code}"] += 1
            return {}
        self.done += 1
        return dict(json.loads(answer.content))
