"""The staff's moves: a Case between offices and officers, from waiting to resolved."""

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.actions.ending import end, end_pause, end_work, leave_joint, start_pause
from bihuan.spine.cases.actions.step import Step, begin, said
from bihuan.spine.cases.ladder import joint
from bihuan.spine.cases.models import AssignmentStatus, Case, JointReason, NoteKind, Service
from bihuan.spine.cases.promises import clocks
from bihuan.spine.cases.rights import Who
from bihuan.spine.cases.states import Outcome, Priority
from bihuan.spine.door.models import Photo


@transaction.atomic
def assign(*, case: Case, agency: Agency, by: Who, reason: str = "", suggested: int | None = None) -> Case:
    """Give an unsorted Case to an agency; refuses a closed agency and a Case without a service.

    ``suggested``: the training whose suggestion a person took.
    """
    step = begin(case, "assign", by)
    _check_agency(agency)
    if step.case.service_id is None:
        raise Refused(_("Choose the service first."), code="service", field="service")
    times = clocks.on_transfer(step.case, step.now)
    detail = {"to": agency.pk, "note_id": _reason(step, reason), **_taken(suggested)}
    moved = step.write(detail=detail, agency=agency, officer=None, **times)
    step.tell()
    return moved


@transaction.atomic
def transfer(*, case: Case, agency: Agency, by: Who, reason: str) -> Case:
    """Hand a Case to another agency, which has its own time to accept; whoever is under way is called back."""
    step = begin(case, "transfer", by)
    _check_agency(agency)
    if agency.pk == step.case.agency_id:
        raise Refused(_("The case is already with this agency."), code="same_agency", field="agency")
    note = step.note(NoteKind.REASON, said(reason, "reason"))
    end_work(step, AssignmentStatus.CANCELLED)
    end_pause(step)
    detail = {"from": step.case.agency_id, "to": agency.pk, "note_id": note.pk}
    times = clocks.on_transfer(step.case, step.now)
    moved = step.write(detail=detail, agency=agency, officer=None, **times)
    step.tell()
    return moved


@transaction.atomic
def accept(*, case: Case, by: Who) -> Case:
    """Take a waiting Case in hand; whoever comes second is told who was first."""
    step = begin(case, "accept", by)
    times = clocks.on_accept(step.case, step.now)
    moved = step.write(officer=step.staff, **times)
    step.tell()
    return moved


@transaction.atomic
def return_to_triage(*, case: Case, by: Who, reason: str) -> Case:
    """Say that a Case is not ours, with a reason; it is counted, and the asker's clock runs on.

    The second time it goes before the joint check: a third office would only send it back as well.
    """
    step = begin(case, "return_to_triage", by)
    note = step.note(NoteKind.REASON, said(reason, "reason"))
    end_work(step, AssignmentStatus.CANCELLED)
    detail = {"from": step.case.agency_id, "note_id": note.pk}
    count = step.case.returned_count + 1
    times = clocks.on_return(step.case, step.now)
    if count >= joint.RETURNS and step.case.joint_since is None:
        joint.put(step.case, JointReason.RETURNED, step.now)
        times["joint_since"] = step.now
    moved = step.write(detail=detail, agency=None, officer=None, returned_count=count, **times)
    step.tell()
    return moved


@transaction.atomic
def hold(*, case: Case, by: Who, question: str) -> Case:
    """Ask the asker something and stop the clock until the answer; refuses without a question."""
    step = begin(case, "hold", by)
    note = step.note(NoteKind.QUESTION, said(question, "question"))
    times = clocks.on_hold(step.case, step.now)
    start_pause(step)
    moved = step.write(detail={"note_id": note.pk}, **times)
    step.tell(note.text)
    return moved


@transaction.atomic
def resume(*, case: Case, by: Who) -> Case:
    """Go on without waiting for the asker's answer."""
    step = begin(case, "resume", by)
    times = clocks.on_resume(step.case, step.now)
    end_pause(step)
    return step.write(**times)


@transaction.atomic
def resolve(*, case: Case, by: Who, reply: str, photo: Photo | None = None) -> Case:
    """Report a Case as done, with a reply and, where the service wants it, a photo as proof."""
    step = begin(case, "resolve", by)
    if step.case.service and step.case.service.needs_proof and photo is None:
        raise Refused(_("This service wants a photo as proof."), code="proof", field="photo")
    note = step.note(NoteKind.REPLY, said(reply, "reply"), photo)
    end_work(step, AssignmentStatus.DONE)
    times = clocks.on_resolve(step.case, step.now) | leave_joint(step)
    moved = step.write(detail={"note_id": note.pk}, **times)
    step.tell(note.text)
    return moved


@transaction.atomic
def reply(*, case: Case, by: Who, reply: str) -> Case:
    """Write to the askers while the work goes on; the first word of a person keeps the promise of a reply."""
    step = begin(case, "reply", by)
    note = step.note(NoteKind.REPLY, said(reply, "reply"))
    moved = step.write(detail={"note_id": note.pk}, **clocks.on_reply(step.case, step.now))
    step.tell(note.text)
    return moved


@transaction.atomic
def decline(*, case: Case, by: Who, reason: str) -> Case:
    """End a Case that can't or may not be done, with a reason that the asker reads."""
    step = begin(case, "decline", by)
    note = step.note(NoteKind.REPLY, said(reason, "reason"))
    moved = end(step, Outcome.DECLINED, {"note_id": note.pk})
    step.tell(note.text)
    return moved


@transaction.atomic
def reclassify(*, case: Case, service: Service, by: Who, suggested: int | None = None) -> Case:
    """Say that the Case is about another service; its clocks follow."""
    step = begin(case, "reclassify", by)
    detail = {"from": step.case.service_id, "to": service.pk, **_taken(suggested)}
    step.case.service = service
    return step.write(detail=detail, service=service, **clocks.on_change(step.case, step.now))


@transaction.atomic
def set_priority(*, case: Case, priority: str, by: Who) -> Case:
    """Make a Case urgent or normal; its clocks follow."""
    step = begin(case, "set_priority", by)
    if priority not in Priority.values:
        raise Refused(_("There is no such priority."), code="priority", field="priority")
    detail = {"from": step.case.priority, "to": priority}
    step.case.priority = priority
    return step.write(detail=detail, priority=priority, **clocks.on_change(step.case, step.now))


@transaction.atomic
def note(*, case: Case, by: Who, text: str) -> Case:
    """Keep an internal note that the asker never sees."""
    step = begin(case, "note", by)
    kept = step.note(NoteKind.INTERNAL, said(text, "text"))
    return step.write(detail={"note_id": kept.pk})


def _check_agency(agency: Agency) -> None:
    if not agency.is_active:
        raise Refused(_("This agency takes no cases any more."), code="agency", field="agency")


def _taken(suggested: int | None) -> dict[str, int]:
    return {} if suggested is None else {"suggested": suggested}


def _reason(step: Step, reason: str) -> int | None:
    return step.note(NoteKind.REASON, said(reason, "reason")).pk if reason.strip() else None
