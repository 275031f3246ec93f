"""The joint check: putting a Case before it, and what it decides."""

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.actions.ending import end_pause, end_work
from bihuan.spine.cases.actions.step import Step, begin, said
from bihuan.spine.cases.ladder import joint, notices
from bihuan.spine.cases.models import AssignmentStatus, Case, JointReason, NoteKind
from bihuan.spine.cases.promises import clocks
from bihuan.spine.cases.rights import Who
from bihuan.spine.cases.states import Status
from bihuan.spine.messages import actions as messages
from bihuan.spine.resources.models import Duty
from bihuan.spine.resources.queries import on_duty


@transaction.atomic
def refer(*, case: Case, by: Who, reason: str) -> Case:
    """Put a Case before the joint check, with a reason; refuses one that lies there already."""
    step = begin(case, "refer", by)
    note = step.note(NoteKind.REASON, said(reason, "reason"))
    joint.put(step.case, JointReason.ASKED, step.now)
    return step.write(detail={"note_id": note.pk}, joint_since=step.now)


@transaction.atomic
def decide(*, case: Case, agency: Agency, by: Who, reason: str) -> Case:
    """Give a Case of the joint check to an agency for good, with words; work goes on where it is in the right hands."""
    step = begin(case, "decide", by)
    if not agency.is_active:
        raise Refused(_("This agency takes no cases any more."), code="agency", field="agency")
    if step.case.service_id is None:
        raise Refused(_("Choose the service first."), code="service", field="service")
    note = step.note(NoteKind.REASON, said(reason, "reason"))
    joint.end(step.case, step.now, step.staff, agency)
    detail = {"from": step.case.agency_id, "to": agency.pk, "note_id": note.pk}
    if agency.pk == step.case.agency_id:
        decided = step.write(detail=detail, joint_since=None)
    else:
        decided = _hand_over(step, agency, detail)
    people = {one.pk: one for duty in Duty for one in on_duty(agency, duty, step.now)}
    messages.send_many(notices.of_decision(people.values(), decided, note.text))
    return decided


def _hand_over(step: Step, agency: Agency, detail: dict[str, int | None]) -> Case:
    end_work(step, AssignmentStatus.CANCELLED)
    end_pause(step)
    times = clocks.on_transfer(step.case, step.now)
    # The verb leaves the status alone; another owner has to accept.
    fields = {"status": Status.WAITING, "agency": agency, "officer": None, "joint_since": None}
    moved = step.write(detail=detail, **fields, **times)
    step.tell()
    return moved
