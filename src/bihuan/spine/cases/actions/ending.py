"""What ends together with a Case or with an agency's part in it: pauses, tasks, whoever is under way."""

from typing import Any

from bihuan.spine.cases.actions.step import Step
from bihuan.spine.cases.ladder import joint
from bihuan.spine.cases.models import LIVE, Assignment, AssignmentStatus, Case, Pause, Task, TaskStatus
from bihuan.spine.cases.promises import clocks
from bihuan.spine.cases.states import Outcome

UNFINISHED = (TaskStatus.TODO, TaskStatus.GOING)


def end_work(step: Step, how: AssignmentStatus) -> None:
    """End what is under way: as done when the Case is resolved, else as called back; drop what nobody began."""
    if not Task.objects.filter(case_id=step.case.pk).exists():
        # Most Cases have none, and assignments hang on tasks alone.
        return
    live = Assignment.objects.filter(task__case_id=step.case.pk, status__in=LIVE)
    step.change(live, status=how, until_at=step.now)
    tasks = Task.objects.filter(case_id=step.case.pk)
    if how == AssignmentStatus.DONE:
        step.change(tasks.filter(status=TaskStatus.GOING), status=TaskStatus.DONE, ended_at=step.now)
    step.change(tasks.filter(status__in=UNFINISHED), status=TaskStatus.CANCELLED, ended_at=step.now)


def start_pause(step: Step) -> None:
    """Stop the clock; a constraint keeps a second pause from beginning."""
    step.create(Pause(case_id=step.case.pk, from_at=step.now))


def end_pause(step: Step) -> None:
    """Let the clock run again, if it stood still."""
    step.change(Pause.objects.filter(case_id=step.case.pk, until_at__isnull=True), until_at=step.now)


def leave_joint(step: Step) -> dict[str, Any]:
    """End the joint check on a Case that is done before anybody decided; return the fields to write."""
    if step.case.joint_since is None:
        return {}
    joint.end(step.case, step.now, step.staff)
    return {"joint_since": None}


def end(step: Step, outcome: Outcome, detail: dict[str, Any] | None = None, **also: Any) -> Case:
    """End a Case for good: no clock runs, nobody is under way."""
    end_work(step, AssignmentStatus.CANCELLED)
    end_pause(step)
    # Of all ends only a refusal is told to the asker in an officer's own words.
    times = clocks.on_end(step.case, step.now, is_reply=outcome == Outcome.DECLINED)
    times |= leave_joint(step)
    return step.write(detail=detail, is_open=False, ended_at=step.now, outcome=outcome, **times, **also)
