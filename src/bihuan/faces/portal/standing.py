"""Where an ask stands: what happened, what happens next and by when, in plain words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bihuan.faces.portal.receipts import Held
from bihuan.kernel import clock
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.cases import queries as cases
from bihuan.spine.cases.closing.visits import Turn, latest_of, said_yes, turn_of
from bihuan.spine.cases.models import Asker, Case
from bihuan.spine.cases.queries import Step
from bihuan.spine.cases.states import REOPEN_WITHIN, Status

# Completed by %(who)s, the office that owns the Case.
NEXT: dict[str, Promise] = {
    Status.TRIAGE: gettext_lazy("A person is finding the office that can do it."),
    Status.RETURNED: gettext_lazy("A person is finding another office that can do it."),
    Status.WAITING: gettext_lazy("%(who)s has it and must answer."),
    Status.ACCEPTED: gettext_lazy("%(who)s is getting it done."),
    Status.WORKING: gettext_lazy("Somebody is on it."),
    Status.HOLD: gettext_lazy("Answer the question below. The clock stands still until you do."),
    Status.RESOLVED: gettext_lazy("Say yes or no below. If you say nothing, it is taken for a yes."),
    Status.REOPENED: gettext_lazy("You said no. %(who)s has to take it up again."),
    Status.CLOSED: gettext_lazy("The loop is closed. Nothing more will happen unless you open it again."),
    Status.DECLINED: gettext_lazy("It ends here. You may ask again in other words."),
    Status.WITHDRAWN: gettext_lazy("You took it back. Nothing more will happen."),
    Status.SHELVED: gettext_lazy(
        "This service is not taken for a while, since lives come first. Your ask is kept and goes on by itself."
    ),
    Status.MERGED: gettext_lazy("It goes on together with the same ask of others."),
}


@dataclass(frozen=True)
class Standing:
    """What the status page shows of a Case."""

    status: str
    next_words: str
    by: datetime | None
    is_late: bool
    steps: list[Step]
    verbs: frozenset[str]
    asks_content: bool = False

    @property
    def question(self) -> str:
        """What the office asked last, while it waits for the answer."""
        asked = [step.note for step in self.steps if step.verb == "hold"]
        return asked[-1] if asked and self.status == Status.HOLD else ""

    @property
    def stamp(self) -> str:
        """A word that changes when anything on the page does."""
        return (
            f"{self.status}-{len(self.steps)}-{int(self.is_late)}-{self.by.timestamp() if self.by else 0:.0f}"
            f"-{len(self.verbs)}-{int(self.asks_content)}"
        )


def standing_of(held: Held) -> Standing:
    """Tell where an ask stands; before triage there is only that it has arrived."""
    received = Step(held.submission.received_at, "received", _("We have what you sent."), "", None, "")
    if held.asker is None:
        words = _("It is being read and the right office found. This page changes by itself.")
        return Standing(Status.TRIAGE, words, None, False, [received], frozenset())
    case, has_said = held.asker.case, said_yes(held.asker)
    return Standing(
        status=case.status,
        next_words=_next(case, has_said=has_said),
        by=_by(case),
        is_late=bool(case.due_at and case.due_at < clock.now()),
        steps=sorted([received, *cases.story(case, held.asker)], key=lambda step: step.at),
        verbs=_verbs(case, has_said=has_said) if held.is_proven else frozenset(),
        asks_content=held.is_proven and _asks_content(held.asker),
    )


def _by(case: Case) -> datetime | None:
    if case.status == Status.CLOSED:
        return case.ended_at + REOPEN_WITHIN if case.ended_at else None
    return case.due_at or case.closes_at


def _next(case: Case, *, has_said: bool) -> str:
    if has_said:
        return _("You said it is done. Others asked for the same; it is closed when they have answered, too.")
    return str(NEXT[case.status]) % {"who": case.agency.name if case.agency else ""}


def _verbs(case: Case, *, has_said: bool) -> frozenset[str]:
    possible = {one.verb for one in cases.allowed(case=case, by=ASKER) if one.is_allowed}
    return frozenset(possible - {"confirm"} if has_said else possible)


def _asks_content(asker: Asker) -> bool:
    visit = latest_of(asker)
    return visit is not None and turn_of(visit) == Turn.CONTENT
