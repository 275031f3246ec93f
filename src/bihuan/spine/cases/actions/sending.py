"""Tasks, and who is sent to do them."""

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.queries import is_own
from bihuan.spine.cases.actions.step import Step, begin, said
from bihuan.spine.cases.models import LIVE, Assignment, AssignmentStatus, Case, Task, TaskStatus
from bihuan.spine.cases.rights import Who
from bihuan.spine.resources.models import Team

TITLE_LIMIT = 120


@transaction.atomic
def add_task(*, case: Case, title: str, by: Who) -> Task:
    """Add a piece of work that one team or person can do."""
    step = begin(case, "add_task", by)
    kept = said(title, "title")[:TITLE_LIMIT]
    task = Task(case=step.case, title=kept, created_at=step.now)
    step.create(task)
    step.write(detail={"task_id": task.pk})
    return task


@transaction.atomic
def dispatch(*, task: Task, by: Who, team: Team | None = None, person: User | None = None) -> Assignment:
    """Send one team or person of the owning agency; whoever comes second is told who is on the way."""
    step = begin(task.case, "dispatch", by)
    _check_resource(by, team, person)
    if not step.change(Task.objects.filter(pk=task.pk, status=TaskStatus.TODO), status=TaskStatus.GOING):
        raise _taken(task)
    sent = Assignment(task=task, team=team, person=person, from_at=step.now)
    step.create(sent)
    who = {"team_id": team.pk} if team else {"person_id": person.pk if person else None}
    step.write(detail={"task_id": task.pk, "assignment_id": sent.pk, **who})
    step.tell()
    return sent


@transaction.atomic
def arrive(*, assignment: Assignment, by: Who) -> Assignment:
    """Report that whoever was sent is there."""
    step = begin(assignment.task.case, "arrive", by)
    _change(step, assignment, (AssignmentStatus.SENT,), status=AssignmentStatus.ARRIVED)
    step.write(detail=_detail(assignment))
    step.tell()
    return _fresh(assignment)


@transaction.atomic
def finish(*, assignment: Assignment, by: Who) -> Assignment:
    """Report that the task is done."""
    step = begin(assignment.task.case, "finish", by)
    _change(step, assignment, LIVE, status=AssignmentStatus.DONE, until_at=step.now)
    _set_task(step, assignment, status=TaskStatus.DONE, ended_at=step.now)
    step.write(detail=_detail(assignment))
    return _fresh(assignment)


@transaction.atomic
def cancel(*, assignment: Assignment, by: Who) -> Assignment:
    """Call back whoever was sent; the task can be given to somebody else."""
    step = begin(assignment.task.case, "cancel", by)
    _change(step, assignment, LIVE, status=AssignmentStatus.CANCELLED, until_at=step.now)
    _set_task(step, assignment, status=TaskStatus.TODO, ended_at=None)
    step.write(detail=_detail(assignment))
    return _fresh(assignment)


def _check_resource(by: Who, team: Team | None, person: User | None) -> None:
    if (team is None) == (person is None):
        raise Refused(_("Choose one team or one person."), code="resource", field="team")
    sent, field = (team, "team") if team else (person, "person")
    if sent is None or not sent.is_active or not _may_send(by, sent):
        message = _("You can send the teams and people of your own office only.")
        raise Refused(message, code="resource", field=field)


def _may_send(by: Who, sent: Team | User) -> bool:
    return not isinstance(by, User) or is_own(by, sent.agency)


def _taken(task: Task) -> Refused:
    live = task.assignments.filter(status__in=LIVE).select_related("team", "person").first()
    if live is None:
        label = TaskStatus(Task.objects.get(pk=task.pk).status).label
        return Refused(_("The task is “%(status)s”.") % {"status": label}, code="task", field="task")
    who = str(live.team or live.person)
    return Conflict(_("%(who)s is already on the way for this task.") % {"who": who}, field="task")


def _change(
    step: Step, assignment: Assignment, sources: tuple[AssignmentStatus, ...], **fields: object
) -> None:
    if not step.change(Assignment.objects.filter(pk=assignment.pk, status__in=sources), **fields):
        label = AssignmentStatus(Assignment.objects.get(pk=assignment.pk).status).label
        raise Conflict(_("The assignment is “%(status)s” already.") % {"status": label})


def _set_task(step: Step, assignment: Assignment, **fields: object) -> None:
    step.change(Task.objects.filter(pk=assignment.task_id), **fields)


def _detail(assignment: Assignment) -> dict[str, object]:
    return {"task_id": assignment.task_id, "assignment_id": assignment.pk}


def _fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.select_related("task__case", "team", "person").get(pk=assignment.pk)
