"""The joint check: a Case whose owner is disputed, or who fails, until the offices decide whose it is."""

from datetime import datetime

from django.db.models import QuerySet

from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.cases.ladder import notices
from bihuan.spine.cases.models import Case, Fallback, JointCheck, JointReason
from bihuan.spine.messages import actions as messages
from bihuan.spine.resources.models import Duty
from bihuan.spine.resources.queries import on_duty

RETURNS = 2  # a Case that comes back so often is nobody's: the offices meet on it

RELATED = ("case__service", "case__agency", "case__officer", "case__district", "fallback")


def fallback_of(case: Case) -> Agency | None:
    """Return who owns what nobody else will in the Case's district, or else in the city."""
    rows = Fallback.objects.filter(agency__is_active=True).select_related("agency")
    own = rows.filter(district_id=case.district_id).first() if case.district_id else None
    found = own or rows.filter(district__isnull=True).first()
    return found.agency if found else None


def top_agency() -> Agency | None:
    """Return the agency at the top: it answers for what has no owner yet."""
    return Agency.objects.filter(parent__isnull=True, is_active=True).order_by("path").first()


def put(case: Case, reason: JointReason, now: datetime) -> list[User]:
    """Put a Case before the joint check; return the supervisors on duty who were told.

    The caller writes ``joint_since`` in the same transaction.
    """
    fallback = fallback_of(case)
    JointCheck.objects.create(case=case, reason=reason, fallback=fallback, opened_at=now)
    meets = fallback or case.agency or top_agency()
    people = on_duty(meets, Duty.SUPERVISOR, now) if meets else []
    messages.send_many(notices.of_joint(people, case, reason))
    return people


def end(case: Case, now: datetime, by: User | None = None, decided_for: Agency | None = None) -> None:
    """End the joint check on a Case, if there is one; the caller takes ``joint_since`` away."""
    running = JointCheck.objects.filter(case=case, ended_at__isnull=True)
    running.update(ended_at=now, ended_by=by, decided_for=decided_for)


def take_up(number: int) -> None:
    """Go on with a joint check that ended by mistake; the caller writes ``joint_since``."""
    JointCheck.objects.filter(pk=number).update(ended_at=None, ended_by=None, decided_for=None)


def decision_on(case: Case) -> JointCheck | None:
    """Return the joint check that gave a Case to the agency which has it, for good."""
    if case.agency_id is None:
        return None
    decided = JointCheck.objects.filter(case=case, decided_for=case.agency_id)
    return decided.select_related("decided_for").order_by("-ended_at").first()


def running_on(case: Case) -> JointCheck | None:
    """Return the joint check that a Case lies with."""
    if case.joint_since is None:
        return None
    return JointCheck.objects.filter(case=case, ended_at__isnull=True).select_related("fallback").first()


def of_person(user: User) -> QuerySet[JointCheck]:
    """Return the running joint checks whose fallback owner is this person's office or below it."""
    running = JointCheck.objects.filter(ended_at__isnull=True)
    if not user.may(Permission.STEER):
        return running.none()
    return running.filter(fallback__in=own_agencies(user))
