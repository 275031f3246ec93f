"""The asker's moves, made by the asker or taken down by staff on the telephone; and the end of the wait."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import changes
from bihuan.spine.cases.actions.ending import end, end_pause
from bihuan.spine.cases.actions.step import begin, lock, said
from bihuan.spine.cases.actions.visiting import keep_content, whose
from bihuan.spine.cases.closing import visits
from bihuan.spine.cases.models import Asker, Case, NoteKind, Pause, Visit
from bihuan.spine.cases.promises import clocks
from bihuan.spine.cases.rights import Who
from bihuan.spine.cases.states import UNDONE, Outcome


@transaction.atomic
def answer(*, case: Case, by: Who, text: str) -> Case:
    """Answer what the office asked; the work and the clock go on."""
    step = begin(case, "answer", by)
    note = step.note(NoteKind.ANSWER, said(text, "text"))
    times = clocks.on_resume(step.case, step.now)
    end_pause(step)
    return step.write(detail={"note_id": note.pk}, **times)


@transaction.atomic
def say(*, case: Case, by: Who, text: str) -> Case:
    """Keep what the asker adds while the Case is open; nothing moves by it."""
    step = begin(case, "say", by)
    note = step.note(NoteKind.ANSWER, said(text, "text"))
    return step.write(detail={"note_id": note.pk})


@transaction.atomic
def confirm(*, case: Case, by: Who, asker: Asker | None = None, content: str = "") -> Case:
    """Say yes, it is done: with the last yes of those who asked the Case is closed.

    ``asker`` says whose word it is; it may be left out where only one asked.
    """
    step = begin(case, "confirm", by)
    visit = visits.answer(step.case, whose(step.case, asker), step.now, is_solved=True)
    if visit is None:
        raise Refused(_("This asker has said so already."), code="said", field="asker")
    least = keep_content(visit, content)
    told = {"visit": visit.pk, "asker": visit.asker_id}
    if visits.left_to_ask(step.case):
        changes.write(step.case, "agree", by, detail=told, **_said(is_solved=True), **least)
        return step.case
    closed = end(step, Outcome.CONFIRMED, told, **_said(is_solved=True), **least)
    step.tell()
    return closed


@transaction.atomic
def close(*, case: Case, by: Who) -> Case:
    """Close a resolved Case whose askers had the chance to say no."""
    step = begin(case, "close", by)
    closed = end(step, Outcome.NO_ANSWER)
    step.tell()
    return closed


@transaction.atomic
def reopen(*, case: Case, by: Who, reason: str, asker: Asker | None = None, content: str = "") -> Case:
    """Say no, it is not done: one no opens it again; a closed Case can be taken up again for some days."""
    step = begin(case, "reopen", by)
    note = step.note(NoteKind.DISAGREE, said(reason, "reason"))
    told: dict[str, int | None] = {"note_id": note.pk}
    least: dict[str, Any] = {}
    if visits.has_askers(step.case):
        visit = visits.answer(step.case, whose(step.case, asker), step.now, is_solved=False)
        if visit is None:
            raise Refused(_("This asker has said so already."), code="said", field="asker")
        told |= {"visit": visit.pk, "asker": visit.asker_id}
        least = keep_content(visit, content) | _said(is_solved=False)
    times = clocks.on_reopen(step.case, step.now)
    for from_at, until_at in clocks.asked_since_resolved(step.case, step.now):
        step.create(Pause(case=step.case, from_at=from_at, until_at=until_at))
    count = step.case.reopened_count + 1
    opened = step.write(detail=told, outcome="", reopened_count=count, **least, **times)
    step.tell()
    return opened


@transaction.atomic
def answer_link(*, visit: Visit, by: Who, is_solved: bool, reason: str = "") -> Case:
    """Take a yes or no by an asker's own link; refuses when it is no longer what the link asks."""
    lock(visit.case_id)
    fresh = Visit.objects.select_related("asker", "case").get(pk=visit.pk)
    if visits.turn_of(fresh) != visits.Turn.DONE:
        raise Conflict(_("That was answered already, or too long ago."))
    if is_solved:
        return confirm(case=fresh.case, by=by, asker=fresh.asker)
    return reopen(case=fresh.case, by=by, asker=fresh.asker, reason=reason)


@transaction.atomic
def withdraw(*, case: Case, by: Who) -> Case:
    """Take the ask back; its child Cases end with it, whoever is under way is called back."""
    step = begin(case, "withdraw", by)
    for child in Case.objects.filter(parent_id=case.pk, status__in=UNDONE).order_by("id"):
        withdraw(case=child, by=SYSTEM)
    ended = end(step, Outcome.WITHDRAWN)
    step.tell()
    return ended


def _said(*, is_solved: bool) -> dict[str, Any]:
    # Whoever has answered was reached.
    return {"is_solved": is_solved, "unreachable_at": None}
