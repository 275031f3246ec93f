"""The maker of protective suits: its lorry needs a pass to come back. Asked at 10:00, issued by 13:00."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bihuan.drill.citytime import DAY_MIN, ZONE
from bihuan.drill.client import Client
from bihuan.drill.posts import Account, Posts
from bihuan.drill.telling import Story
from bihuan.drill.wire import Answer

PHONE = "19900007733"
OFFICE = "health"
QUESTION = "请补充返程路线和装车单位。"
REPLY = "从长沙开福区辐照站装车，经G4株洲西入市，直达石峰区厂区。"


@dataclass(frozen=True)
class Scene:
    """One step of the story: when, in minutes after midnight, what, and the words that tell of it."""

    at_min: int
    do: Callable[["SuitMaker", float], Answer]
    words: str


class SuitMaker:
    """Plays the one application of each day, none after ``until_min``. ``go`` is cheap when nothing is due."""

    def __init__(
        self, client: Client, posts: Posts, story: Story, day: date, until_min: float = float("inf")
    ) -> None:
        self.client, self.story, self.day, self.until_min = client, story, day, until_min
        self.officer: Account | None = posts.find("officer", OFFICE)
        self.next, self.receipt, self.number = 0, "", 0
        self.day_number = 0

    def go(self, minute: float) -> None:
        """Play what is due; the city's no ends the story of that day."""
        number = int(minute // DAY_MIN)
        if number != self.day_number:
            self.next, self.receipt, self.number, self.day_number = 0, "", 0, number
        if self.next == 0 and minute > self.until_min:
            return
        while self.officer and self.next < len(SCENES) and SCENES[self.next].at_min <= minute % DAY_MIN:
            self._play(SCENES[self.next], minute)

    def _play(self, scene: Scene, minute: float) -> None:
        answer = scene.do(self, minute)
        if answer.is_good:
            self.next += 1
            self.story.passed(minute, scene.words)
        else:
            self.next = len(SCENES)
            self.story.refused(minute, "vehicle pass", answer.why())

    def apply(self, minute: float) -> Answer:
        """Fill in the form."""
        answer = self.client.apply_for_pass(self.form(minute))
        self.receipt = answer.headers.get("location", "").rstrip("/").rpartition("/")[2]
        return answer

    def form(self, minute: float) -> dict[str, str]:
        """Return what is typed: from the moment of asking until the next day."""
        start = datetime.combine(self.day, time(), ZONE) + timedelta(minutes=minute)
        ends = start + timedelta(hours=24)
        return {
            "client_id": f"drill-suits-{start:%Y%m%d}", "applicant": "receiver", "receiver": "云里防护用品厂（虚构）",
            "sender": "星城辐照消毒站（虚构）", "carrier": "湘运货运（虚构）", "contact": "李丙", "phone": PHONE,
            "plate": f"湘B{start:%m%d}7", "plate_colour": "yellow", "driver": "郑甲", "second": "吴乙",
            "goods": "medical", "goods_name": "医用防护服（已辐照消毒）", "quantity": "8", "unit": "t",
            "origin": "430105 长沙开福", "destination": "430204 石峰区", "way_points": "G4 株洲西",
            "valid_from": f"{start:%Y-%m-%dT%H:%M}", "valid_until": f"{ends:%Y-%m-%dT%H:%M}",
            "is_closed_loop": "on", "note": "全市医院库存不足两天。",
        }  # fmt: skip

    def ask(self, minute: float) -> Answer:
        """Let the health officer ask back."""
        assert self.officer
        self.number = self.client.find_pass(self.receipt, self.officer)
        return self.client.act_on_pass(self.number, "ask", {"text": QUESTION}, self.officer)

    def answer(self, minute: float) -> Answer:
        """Answer on the page."""
        return self.client.answer_about_pass(self.receipt, PHONE, REPLY)

    def issue(self, minute: float) -> Answer:
        """Let the health officer approve."""
        return self._act("approve")

    def announce(self, minute: float) -> Answer:
        """Announce the coming-in."""
        expected = datetime.combine(self.day, time(), ZONE) + timedelta(minutes=minute + 50)
        return self._act("trips", expected_at=expected.isoformat())

    def _act(self, verb: str, **body: object) -> Answer:
        assert self.officer
        return self.client.act_on_pass(self.number, verb, body, self.officer)


def _step(step: str) -> Callable[[SuitMaker, float], Answer]:
    seal = {} if step == "point" else {"seal_number": "ZZ-0412" if step == "gate" else "ZZ-0413"}
    return lambda maker, minute: maker._act("step", step=step, crew=2, **seal)


SCENES = (
    Scene(10 * 60, SuitMaker.apply, "the maker of protective suits asks for one"),
    Scene(10 * 60 + 40, SuitMaker.ask, "the health bureau asks back"),
    Scene(11 * 60 + 30, SuitMaker.answer, "the maker answers"),
    Scene(12 * 60 + 50, SuitMaker.issue, "issued"),
    Scene(13 * 60 + 10, SuitMaker.announce, "the lorry is announced"),
    Scene(14 * 60, _step("gate"), "the lorry is in by the gate, sealed, two in the cab"),
    Scene(14 * 60 + 35, _step("point"), "at the transfer point"),
    Scene(15 * 60 + 10, _step("handed"), "handed over, sealed anew"),
    Scene(15 * 60 + 50, _step("out"), "out again, in time"),
)
