"""The story of the day as plain lines."""

from collections import Counter
from collections.abc import Callable

from bihuan.drill.citytime import DAY_MIN
from bihuan.drill.day import clock_text

DEEDS = {
    "accept": "accepted by {who}",
    "return_to_triage": "returned by {who}: not ours",
    "assign": "moved to {target} by {who}",
    "dispatch": "{who} sends a team",
    "arrive": "the team is there",
    "finish": "the team is done",
    "hold": "{who} asks back",
    "answer": "the asker answers",
    "resolve": "resolved by {who}, with a photo",
    "confirm": "the asker says yes: closed",
    "reopen": "the asker says no: reopened",
    "withdraw": "the asker needs it no more",
    "merge": "merged with its twin by {who}",
}

FOUND = {
    "well": "seen well",
    "no_answer": "no answer at the door",
    "could_not": "nobody could go",
    "needs": "needs something",
}
REASONS_TOLD = 3


class Story:
    """Prints one line a deed once the play is live; until then it only counts."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.is_live = False

    def asked(self, minute: float, place: str, channel: str, text: str) -> None:
        """Tell that somebody has asked."""
        self.counts["asks"] += 1
        self._line(minute, f"{place} ({channel}): {text}")

    def did(self, minute: float, number: int, verb: str, who: str = "", target: str = "") -> None:
        """Tell that somebody has done something on a Case."""
        self.counts[verb] += 1
        self._line(minute, f"No. {number}: {DEEDS[verb].format(who=who, target=target)}")

    def looked_in(self, minute: float, number: int, found: str, who: str) -> None:
        """Tell that somebody looked in on a person of the care list."""
        self.counts["checks"] += 1
        self._line(minute, f"care list No. {number}: {FOUND[found]}, says {who}")

    def passed(self, minute: float, what: str) -> None:
        """Tell what became of the application for a vehicle pass."""
        self.counts["steps of the pass"] += 1
        self._line(minute, f"vehicle pass: {what}")

    def refused(self, minute: float, what: str, why: str) -> None:
        """Tell that the city said no, which is not the end of the play."""
        self.counts["refused"] += 1
        self.reasons[why] += 1
        self._line(minute, f"{what}: the city says no ({why})")

    def go_live(self) -> None:
        """Sum up what came before and tell every line from now on."""
        self.is_live = True
        self.tell(f"So far: {self.summary()}.")
        for why, count in self.reasons.most_common(REASONS_TOLD):
            self.tell(f"  the city said no {count} times: {why}")
        self.tell("From here on you watch it happen.")

    def summary(self) -> str:
        """Return the counts in one line."""
        return ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items())) or "nothing yet"

    def _line(self, minute: float, text: str) -> None:
        if self.is_live:
            self.tell(f"{clock_text(minute % DAY_MIN)}  {text}")
