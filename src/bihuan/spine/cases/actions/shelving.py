"""Bringing a Case back that was taken in while its service was shed."""

from django.db import transaction

from bihuan.spine.cases.actions.ending import end_pause
from bihuan.spine.cases.actions.step import begin
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.promises import clocks
from bihuan.spine.cases.rights import Who


@transaction.atomic
def unshelve(*, case: Case, by: Who) -> Case:
    """Give a kept Case to its agency; its clocks run from now, the time on the shelf is not counted."""
    step = begin(case, "unshelve", by)
    times = clocks.on_transfer(step.case, step.now)
    end_pause(step)
    moved = step.write(**times)
    step.tell()
    return moved
