"""What an agency's server says becomes the verbs of our Case, under the rules that hold for everybody.

Nothing that is said there closes a Case: done there is resolved here, and the asker is asked. Not theirs, a twin, or
not to be done there comes back to the people who sort.
"""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.kernel.private import keyed_hash
from bihuan.lines.abroad.models import Handing, State
from bihuan.lines.abroad.sending import give_back, told, write
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import actions
from bihuan.spine.cases.actions.step import lock
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import ENDED, UNDONE, UNSORTED, Status
from bihuan.spine.messages.wording import CHINESE

DONE = frozenset({"FIXED", "CLOSED"})
BACK = frozenset({"NOT_COUNCILS_RESPONSIBILITY", "NO_FURTHER_ACTION", "DUPLICATE", "CANCELLED"})
BEGUN = frozenset({"INVESTIGATING", "IN_PROGRESS", "ACTION_SCHEDULED"})
WORDS = 2000


@transaction.atomic
def hear(handing: Handing, status: str, words: str) -> None:
    """Do what they say of a Case, and leave an Event; what was said already is not said again."""
    case = lock(handing.case_id)
    words = words.strip()[:WORDS]
    is_new = bool(words) and keyed_hash(words) != _bytes(handing.their_words_hash)
    if case.agency_id == handing.link.agency_id and case.status not in ENDED:
        _do(case, handing, status, words if is_new else "")
    fields: dict[str, object] = {"their_status": status[:40]}
    if is_new:
        fields["their_words_hash"] = keyed_hash(words)
    write(handing, **fields)
    handing.case.refresh_from_db()
    told(handing, "abroad_update", **{"as": status[:40]})


def _bytes(kept: bytes | memoryview | None) -> bytes:
    return bytes(kept) if kept is not None else b""


def _do(case: Case, handing: Handing, status: str, words: str) -> None:
    if status in DONE:
        _resolve(case, words)
    elif status in BACK:
        _back(handing, status, words)
    elif status == "REOPEN" and case.status == Status.RESOLVED:
        actions.reopen(case=case, by=SYSTEM, reason=words or _reopened())
    else:
        _go_on(case, status, words)


def _go_on(case: Case, status: str, words: str) -> None:
    if status in BEGUN and case.status == Status.WAITING:
        case = actions.accept(case=case, by=SYSTEM)
    if words and case.status in UNDONE - UNSORTED:
        actions.reply(case=case, by=SYSTEM, reply=words)


def _resolve(case: Case, words: str) -> None:
    if case.status not in UNDONE:
        return
    try:
        with transaction.atomic():
            if case.status == Status.WAITING:
                case = actions.accept(case=case, by=SYSTEM)
            if case.status == Status.HOLD:
                case = actions.resume(case=case, by=SYSTEM)
            actions.resolve(case=case, by=SYSTEM, reply=words or _done())
    except Refused as refused:
        # A service that wants a photo as proof, child cases that are open: people have to look.
        with translation.override(CHINESE):
            text = _("The agency's server reports it as done, but: %(why)s") % {"why": refused.message}
        actions.note(case=case, by=SYSTEM, text=f"{text}\n{words}".strip())


def _back(handing: Handing, status: str, words: str) -> None:
    if write(handing, state=State.OVER, due_at=None):
        with translation.override(CHINESE):
            told_us = _("The agency's server gives it back (%(status)s).") % {"status": status}
        give_back(handing, f"{told_us} {words}".strip())


def _done() -> str:
    with translation.override(CHINESE):
        return _("The agency reports that it is done.")


def _reopened() -> str:
    with translation.override(CHINESE):
        return _("The agency has opened it again.")
