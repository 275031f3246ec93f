"""What lies with the joint check, as far as a person may see it."""

from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import Case, JointCheck
from bihuan.spine.cases.queries.access import LONG, RELATED, visible_cases

LIMIT = 200


def list_joint(user: User, limit: int = LIMIT) -> list[tuple[Case, JointCheck | None]]:
    """Return the Cases that wait for a decision, the longest first, each with its running check."""
    waiting = visible_cases(user).filter(joint_since__isnull=False).order_by("joint_since", "id")
    cases = list(waiting.select_related(*RELATED).defer(*LONG)[:limit])
    running = JointCheck.objects.filter(case__in=cases, ended_at__isnull=True).select_related("fallback")
    checks = {check.case_id: check for check in running}
    return [(case, checks.get(case.pk)) for case in cases]
