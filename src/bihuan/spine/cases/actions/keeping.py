"""What a merge keeps of a Case, so that taking it back gives the same rows again. Ids, codes and instants only."""

from datetime import datetime
from typing import Any

from bihuan.spine.cases.actions.ending import UNFINISHED
from bihuan.spine.cases.actions.step import Step
from bihuan.spine.cases.ladder import joint
from bihuan.spine.cases.models import LIVE, Assignment, Case, Pause, Task

Kept = dict[str, Any]
# Words stay where they are, and the instant of writing is no part of what is restored.
UNKEPT = frozenset({"id", "changed_at", "summary", "place", "owner_reason_zh", "owner_reason_en"})


def kept_of(case: Case) -> Kept:
    """Return everything of a Case that ending it may change."""
    work = Task.objects.filter(case_id=case.pk, status__in=UNFINISHED)
    live = Assignment.objects.filter(task__case_id=case.pk, status__in=LIVE)
    pauses = Pause.objects.filter(case_id=case.pk, until_at__isnull=True)
    check = joint.running_on(case)
    return {
        "case": {field.attname: _plain(getattr(case, field.attname)) for field in _fields()},
        "tasks": dict(work.values_list("pk", "status")),
        "assignments": dict(live.values_list("pk", "status")),
        "pauses": list(pauses.values_list("pk", flat=True)),
        "joint": check.pk if check else None,
    }


def changed_since(before: Kept, case: Case) -> Kept:
    """Return what stood in the columns that have another value now."""
    return {name: value for name, value in before.items() if _plain(getattr(case, name)) != value}


def restore(step: Step, before: Kept) -> dict[str, Any]:
    """Put tasks, assignments, pauses and the joint check back; return the columns of the Case to write."""
    for number, status in before["tasks"].items():
        step.change(Task.objects.filter(pk=number), status=status, ended_at=None)
    for number, status in before["assignments"].items():
        step.change(Assignment.objects.filter(pk=number), status=status, until_at=None)
    step.change(Pause.objects.filter(pk__in=before["pauses"]), until_at=None)
    if before["joint"] is not None:
        joint.take_up(before["joint"])
    kinds = {field.attname: field for field in _fields()}
    return {name: kinds[name].to_python(value) for name, value in before["case"].items()}


def _fields() -> list[Any]:
    return [field for field in Case._meta.concrete_fields if field.name not in UNKEPT]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
