"""Who may do what now, in words: the one place that actions and screens ask."""

from django.utils import timezone
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import is_own
from bihuan.spine.audit.actions import ASKER, SYSTEM, Actor
from bihuan.spine.cases.closing import visits
from bihuan.spine.cases.ladder import joint
from bihuan.spine.cases.models import LIVE, Assignment, AssignmentStatus, Case, TaskStatus
from bihuan.spine.cases.states import REOPEN_WITHIN, UNDONE, VERBS, Move, Status

Who = User | Actor
LISTED_AT_MOST = 5


def is_visible(user: User, case: Case) -> bool:
    """Say whether this person may know that the Case exists."""
    if user.may(Permission.VIEW_ALL):
        return True
    if user.may(Permission.STEER) and _is_to_decide(user, case):
        return True
    if case.agency_id is None:
        return user.may(Permission.TRIAGE)
    return user.may(Permission.VIEW_OWN) and is_own(user, case.agency)


def _is_to_decide(user: User, case: Case) -> bool:
    """Say whether the Case lies with a joint check whose fallback owner is this person's office."""
    check = joint.running_on(case)
    return check is not None and is_own(user, check.fallback)


def why_not_permitted(case: Case, verb: str, by: Who) -> str:
    """Return why this person's role or office forbids the verb on this Case, or nothing."""
    move = VERBS[verb]
    if isinstance(by, Actor):
        return _why_not_actor(move, by)
    if by.is_active and verb in {"arrive", "finish"} and is_sent(by, case):
        return ""
    held = {permission for permission in move.permissions if by.may(permission)}
    if not held:
        return _lacking(move)
    if not is_visible(by, case):
        return _("This case is not in your office's hands.")
    if held == {Permission.WORK} and not is_own(by, case.agency):
        return _("Only the office that owns the case can do this.")
    if (move.is_askers or move.by_another) and case.officer_id == by.pk:
        return _("You did the work yourself; somebody else has to take down what the asker says.")
    return ""


def _why_not_actor(move: Move, by: Actor) -> str:
    if by == SYSTEM or (by == ASKER and move.is_askers):
        return ""
    return _("Only staff can do this.")


def _lacking(move: Move) -> str:
    if not move.permissions:
        return _("This happens by itself.")
    needed = ", ".join(str(permission.label) for permission in sorted(move.permissions))
    return _("Your role does not include: %(permission)s.") % {"permission": needed}


def is_sent(user: User, case: Case) -> bool:
    """Say whether this person, or a team of theirs, is on the way for this Case."""
    live = Assignment.objects.filter(task__case=case, status__in=LIVE)
    return live.filter(person=user).exists() or live.filter(team__members=user).exists()


def why_not_status(case: Case, verb: str) -> str:
    """Return why the Case's status forbids the verb, or nothing."""
    if case.status in VERBS[verb].sources:
        return ""
    return _("The case is “%(status)s”.") % {"status": Status(case.status).label}


def why_not_now(case: Case, verb: str) -> str:
    """Return what else about the Case stands in the way of the verb, or nothing."""
    check = _HINDRANCES.get(verb)
    return check(case) if check else ""


def _children_open(case: Case) -> str:
    waiting = Case.objects.filter(parent_id=case.pk, status__in=UNDONE).order_by("id")
    numbers = [str(number) for number in waiting.values_list("id", flat=True)[: LISTED_AT_MOST + 1]]
    if not numbers:
        return ""
    more = ["…"] if len(numbers) > LISTED_AT_MOST else []
    named = [_("No. %(number)s") % {"number": number} for number in numbers[:LISTED_AT_MOST]]
    return _("Its child cases are not done yet: %(numbers)s.") % {"numbers": _(", ").join([*named, *more])}


def _too_late_to_reopen(case: Case) -> str:
    if case.ended_at is None or clock.now() <= case.ended_at + REOPEN_WITHIN:
        return ""
    return _("It was closed more than %(days)d days ago. Please ask anew.") % {"days": REOPEN_WITHIN.days}


def _others_asked(case: Case) -> str:
    if case.askers.count() > 1:
        return _("Others asked for the same; the case goes on for them.")
    return ""


def _nobody_to_ask(case: Case) -> str:
    if visits.has_askers(case):
        return ""
    return _("No resident asked for this; a supervisor checks it, or the wait runs out.")


def _somebody_to_ask(case: Case) -> str:
    return _("Who asked for it has the word, not the office.") if visits.has_askers(case) else ""


def _answered(case: Case) -> str:
    if case.unreachable_at is not None:
        return _("That is written down already.")
    if visits.answers(case).exists():
        return _("Somebody who asked has answered.")
    return _nobody_to_ask(case)


def _decided_for_good(case: Case) -> str:
    check = joint.decision_on(case)
    if check is None or check.ended_at is None:
        return ""
    return _("The joint check gave this case to %(agency)s for good, on %(day)s.") % {
        "agency": check.decided_for,
        "day": f"{timezone.localtime(check.ended_at):%Y-%m-%d}",
    }


def _with_joint_check(case: Case) -> str:
    return _("It lies with the joint check, which decides whose it is.") if case.joint_since else ""


def _not_with_joint_check(case: Case) -> str:
    return "" if case.joint_since else _("It does not lie with the joint check.")


_HINDRANCES = {
    "return_to_triage": _decided_for_good,
    "assign": _with_joint_check,
    "transfer": _with_joint_check,
    "refer": _with_joint_check,
    "decide": _not_with_joint_check,
    "check": _somebody_to_ask,
    "confirm": _nobody_to_ask,
    "slip": _nobody_to_ask,
    "unreachable": _answered,
    "resolve": _children_open,
    "decline": _children_open,
    "merge": _children_open,
    "reopen": _too_late_to_reopen,
    "withdraw": _others_asked,
}


def why_nothing_to(case: Case, verb: str) -> str:
    """Return that there is nothing on the Case which the verb could be done to, or nothing."""
    if verb == "dispatch" and not case.tasks.filter(status=TaskStatus.TODO).exists():
        return _("There is no task to send somebody for. Add one first.")
    if verb in {"arrive", "finish", "cancel"}:
        return _nobody_sent(case, verb)
    return ""


def _nobody_sent(case: Case, verb: str) -> str:
    statuses = (AssignmentStatus.SENT,) if verb == "arrive" else LIVE
    if Assignment.objects.filter(task__case=case, status__in=statuses).exists():
        return ""
    return _("Nobody is on the way.")
