"""The community centres' rounds: officers look in on who is due on the care list, a centre at a time."""

from collections.abc import Mapping
from random import Random
from typing import Any

from bihuan.drill.agencies import community_of
from bihuan.drill.client import Client
from bihuan.drill.divisions import DIVISIONS
from bihuan.drill.posts import Account, Posts
from bihuan.drill.telling import Story
from bihuan.drill.wire import Answer

EVERY_MIN = 30.0  # city minutes between two rounds of one centre
OPEN = ("missed", "late", "due")
FORGOTTEN = 0.05  # of the checks nobody goes at all, and the city has to notice
FOUND = (("well", 0.86), ("no_answer", 0.06), ("could_not", 0.03), ("needs", 0.05))
WISH = {"service": "elderly_care", "text": "家里没菜了，想请人送一餐。", "answers": {"help": ["meals"]}}


class LookingIn:
    """Who goes where next. ``go`` is cheap when nobody's turn has come."""

    def __init__(self, client: Client, posts: Posts, story: Story, seed: int) -> None:
        self.client, self.story, self.seed = client, story, seed
        found = [(community_of(d.code), posts.find("officer", community_of(d.code))) for d in DIVISIONS]
        self.centres: list[tuple[str, Account]] = [(code, account) for code, account in found if account]
        self.next_min, self.turn = float("-inf"), 0

    def go(self, minute: float) -> None:
        """Let one centre make its round, if it is time."""
        if minute < self.next_min or not self.centres:
            return
        self.next_min = minute + EVERY_MIN / len(self.centres)
        _code, officer = self.centres[self.turn % len(self.centres)]
        self.turn += 1
        for person in self.client.care_today(officer):
            if person["state"] in OPEN:
                self._look_in(person, officer, minute)

    def _look_in(self, person: Mapping[str, Any], officer: Account, minute: float) -> None:
        slot = f"{self.seed}:{person['id']}:{person['next_check_at']}"
        if person["state"] != "missed" and Random(slot).random() < FORGOTTEN:
            return
        found = _draw(Random(f"{slot}:{self.turn}"))
        answer = self._answer(person, found, officer, slot)
        if answer.is_good:
            self.story.looked_in(minute, person["id"], found, officer.name)
        else:
            self.story.refused(minute, f"care list No. {person['id']}", answer.why())

    def _answer(self, person: Mapping[str, Any], found: str, officer: Account, slot: str) -> Answer:
        if found == "needs":
            key = Random(slot).getrandbits(64)
            return self.client.care_need(person["id"], {**WISH, "client_id": f"drill-visit-{key:x}"}, officer)
        return self.client.care_check(person["id"], found, officer)


def _draw(rng: Random) -> str:
    return rng.choices([name for name, _ in FOUND], [share for _, share in FOUND])[0]
