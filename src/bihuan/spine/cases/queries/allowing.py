"""What a person may do with a Case now, and why not the rest: for buttons and their explanations."""

from dataclasses import dataclass

from bihuan.spine.cases import rights
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.rights import Who
from bihuan.spine.cases.states import VERBS
from bihuan.spine.cases.words import LABELS


@dataclass(frozen=True)
class Allowed:
    """One verb: whether it is possible now, and in words why it isn't."""

    verb: str
    label: str
    is_allowed: bool
    why_not: str = ""


def allowed(*, case: Case, by: Who) -> list[Allowed]:
    """Say of every verb whether this person may use it on this Case now, and why not."""
    return [_judged(case, verb, by) for verb in VERBS]


def _judged(case: Case, verb: str, by: Who) -> Allowed:
    reason = (
        rights.why_not_permitted(case, verb, by)
        or rights.why_not_status(case, verb)
        or rights.why_not_now(case, verb)
        or rights.why_nothing_to(case, verb)
    )
    return Allowed(verb, str(LABELS[verb]), is_allowed=not reason, why_not=reason)
