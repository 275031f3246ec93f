"""What lies with the joint check, as far as a person may see it."""

from django.db.models import QuerySet

from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import Case, JointCheck
from bihuan.spine.cases.queries.access import LONG, RELATED, visible_cases

LIMIT = 200


def list_joint(user: User, limit: int = LIMIT) -> list[tuple[Case, JointCheck | None]]:
    """Return the Cases that wait for a decision, the longest first, each with its running check."""
    return with_checks(list(waiting_for_joint(user).order_by("joint_since", "id")[:limit]))


def waiting_for_joint(user: User) -> QuerySet[Case]:
    """Return the Cases that wait for a decision and that a person may see, in no order."""
    waiting = visible_cases(user).filter(joint_since__isnull=False)
    return waiting.select_related(*RELATED).defer(*LONG)


def with_checks(cases: list[Case]) -> list[tuple[Case, JointCheck | None]]:
    """Put to each Case its running check."""
    running = JointCheck.objects.filter(case__in=cases, ended_at__isnull=True).select_related("fallback")
    checks = {check.case_id: check for check in running}
    return [(case, checks.get(case.pk)) for case in cases]
