"""How asks run their course: scripts of deeds, each a wait, somebody and a verb."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random


@dataclass(frozen=True)
class Deed:
    """What somebody does ``wait_min`` minutes after the deed before it.

    ``who``: officer (of the agency that owns the Case), operator, supervisor or asker. ``text`` is what is
    said; for ``assign`` the agency's code comes in ``target``, for ``merge`` the other ask's key.
    """

    wait_min: float
    who: str
    verb: str
    text: str = ""
    target: str = ""


Script = tuple[Deed, ...]

QUESTION = "请问是哪一栋哪一单元？方便上门吗？ Which building and staircase, and may we come up?"
ANSWER = "三单元501，随时可以。 Staircase 3, flat 501, any time."
NOT_OURS = "现场查看属小区内部设施，应由物业维修。 We looked: it belongs to the compound, whose manager has to mend it."
NOT_DONE = "还是没有解决，晚上又断了。 It is not done: it failed again in the evening."
DONE = {
    "power": "故障已排除，已恢复供电。 The fault is cleared and power is back.",
    "errand": "已送到门口，本人签收。 Brought to the door and received.",
    "words": "已与您联系并答复。 We have spoken with you and answered.",
}


def accept(rng: Random, most_min: int = 25) -> Deed:
    """Let the officer take the Case on."""
    return Deed(rng.uniform(3, most_min), "officer", "accept")


def outing(rng: Random, done: str) -> Script:
    """Let a team go, arrive, finish, and the officer report it done with a photo."""
    return (
        Deed(rng.uniform(2, 12), "officer", "dispatch"),
        Deed(rng.uniform(12, 40), "officer", "arrive"),
        Deed(rng.uniform(15, 60), "officer", "finish"),
        Deed(rng.uniform(1, 6), "officer", "resolve", done),
    )


def confirm(rng: Random) -> Deed:
    """Let the asker say yes."""
    return Deed(rng.uniform(5, 90), "asker", "confirm")


def smooth(rng: Random, done: str) -> Script:
    """All goes well and the asker says so."""
    return (accept(rng), *outing(rng, done), confirm(rng))


def silent(rng: Random, done: str) -> Script:
    """All goes well and the asker never answers."""
    return (accept(rng), *outing(rng, done))


def outage(rng: Random, done: str, lasts_min: float) -> Script:
    """All goes well, but no sooner than all the neighbours have told of it."""
    go, arrive, finish, resolve = outing(rng, done)
    finish = replace(finish, wait_min=finish.wait_min + lasts_min)
    return (accept(rng), go, arrive, finish, resolve, confirm(rng))


def brief(rng: Random, done: str) -> Script:
    """Nobody has to go: a word on the telephone is enough."""
    return (accept(rng), Deed(rng.uniform(8, 40), "officer", "resolve", done), confirm(rng))


def held(rng: Random, done: str) -> Script:
    """The officer has to ask back; the clock stands still until the asker answers."""
    ask = Deed(rng.uniform(2, 8), "officer", "hold", QUESTION)
    reply = Deed(rng.uniform(6, 45), "asker", "answer", ANSWER)
    return (accept(rng), ask, reply, *outing(rng, done), confirm(rng))


def long_held(rng: Random, done: str) -> Script:
    """The asker is not to be reached for hours."""
    accepting, ask, reply, *rest = held(rng, done)
    return (accepting, ask, replace(reply, wait_min=rng.uniform(120, 200)), *rest)


def returned(rng: Random, done: str) -> Script:
    """The agency says "not ours"; the operator finds another owner."""
    back = Deed(rng.uniform(5, 30), "officer", "return_to_triage", NOT_OURS)
    again = Deed(
        rng.uniform(4, 15), "operator", "assign", "按退单理由改派。 Moved for the reason given.", "housing"
    )
    return (back, again, *smooth(rng, done))


def long_returned(rng: Random, done: str) -> Script:
    """What the agency returned is left lying."""
    back, again, *rest = returned(rng, done)
    return (back, replace(again, wait_min=rng.uniform(90, 180)), *rest)


def late(rng: Random, done: str) -> Script:
    """Nobody takes it on until the promise has failed."""
    return (Deed(rng.uniform(190, 320), "officer", "accept"), *outing(rng, done), confirm(rng))


def slow(rng: Random, done: str) -> Script:
    """A crew goes, and is still there hours later."""
    go, arrive, finish, resolve = outing(rng, done)
    finish = replace(finish, wait_min=rng.uniform(240, 600))
    return (accept(rng), go, arrive, finish, resolve, confirm(rng))


def unhappy(rng: Random, done: str) -> Script:
    """The asker says no, then yes."""
    no = Deed(rng.uniform(10, 60), "asker", "reopen", NOT_DONE)
    return (accept(rng), *outing(rng, done), no, *outing(rng, done), confirm(rng))


def withdrawn(rng: Random, done: str) -> Script:
    """The asker needs it no more."""
    return (accept(rng), Deed(rng.uniform(5, 20), "asker", "withdraw"))


def merged(rng: Random, into: str) -> Script:
    """The operator sees a twin and merges it into the other ask's Case."""
    return (Deed(rng.uniform(2, 15), "operator", "merge", target=into),)


WEIGHTS: tuple[tuple[Callable[[Random, str], Script], float], ...] = (
    (smooth, 34), (silent, 18), (slow, 14), (brief, 12), (held, 7), (returned, 4), (late, 4), (unhappy, 5),
    (withdrawn, 2),
)  # fmt: skip


def draw_script(rng: Random, done: str) -> tuple[str, Script]:
    """Draw a course; return its name and its deeds."""
    chosen = rng.choices([script for script, _ in WEIGHTS], [weight for _, weight in WEIGHTS])[0]
    return chosen.__name__, chosen(rng, done)
