"""What the asker does from the status page, each by the one action of the spine."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from bihuan.faces.portal.receipts import Held
from bihuan.kernel.errors import Refused
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.cases import actions
from bihuan.spine.cases.closing.visits import latest_of
from bihuan.spine.cases.models import Asker, Case


def _rate(asker: Asker, content: str) -> Case:
    visit = latest_of(asker)
    if visit is None:
        raise Refused(_("First say whether it is done."), code="content")
    return actions.rate(visit=visit, by=ASKER, content=content)


ACTS: dict[str, Callable[[Asker, str], Case]] = {
    "answer": lambda asker, text: actions.answer(case=asker.case, by=ASKER, text=text),
    "say": lambda asker, text: actions.say(case=asker.case, by=ASKER, text=text),
    "confirm": lambda asker, text: actions.confirm(case=asker.case, by=ASKER, asker=asker),
    "reopen": lambda asker, text: actions.reopen(case=asker.case, by=ASKER, asker=asker, reason=text),
    "withdraw": lambda asker, text: actions.withdraw(case=asker.case, by=ASKER),
    "rate": _rate,
}


def act_as_asker(held: Held, verb: str, text: str) -> Case:
    """Make the asker's move; refuses whoever has not shown to hold the telephone."""
    if not held.is_proven or held.asker is None:
        raise Refused(
            _("First type the last four digits of the telephone you gave."), code="digits", field="digits"
        )
    return ACTS[verb](held.asker, text)
