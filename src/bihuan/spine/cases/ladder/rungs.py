"""The rungs: at which share of a promise's time whom to tell. Rows of a table, or the standard ones until edited."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.models import Rung, Whom
from bihuan.spine.cases.promises import levels
from bihuan.spine.cases.promises.recount import begin_recount

STANDARD = ((50, Whom.OWNER), (80, Whom.DUTY), (100, Whom.SUPERVISOR), (150, Whom.JOINT))
LARGEST = 1000
MOST = 12

Pair = tuple[int, str]


def list_rungs() -> list[Rung]:
    """Return all rungs, the lowest first."""
    rows = list(Rung.objects.order_by("percent"))
    return rows or [Rung(percent=percent, whom=whom) for percent, whom in STANDARD]


def active() -> list[Rung]:
    """Return the rungs in use, the lowest first."""
    return [rung for rung in list_rungs() if rung.is_active]


@transaction.atomic
def set_rungs(*, rungs: Iterable[Pair], by: User) -> None:
    """Write the ladder anew; refuses an empty one, a share twice, and what is no share.

    The worker then counts the open Cases anew, so that each knows its next rung.
    """
    if not by.may(Permission.RULES):
        raise Forbidden(_("Your role does not include changing the ladder."))
    wanted = sorted(rungs)
    _check(wanted)
    before = {rung.percent: rung.since for rung in list_rungs()}
    now = clock.now()
    Rung.objects.all().delete()
    # A new share counts from now on: thousands of Cases that are past it must not speak up all at once.
    Rung.objects.bulk_create(
        Rung(percent=percent, whom=whom, since=before.get(percent, now)) for percent, whom in wanted
    )
    begin_recount(by=by, agreement=levels.in_force())
    record(by=by, verb="ladder_changed", subject=("rung", None), detail={"rungs": wanted})


def _check(wanted: list[Pair]) -> None:
    percents = [percent for percent, _whom in wanted]
    if not 1 <= len(wanted) <= MOST:
        raise Refused(_("From 1 to %(most)d rungs, please.") % {"most": MOST}, code="rungs")
    if len(set(percents)) < len(percents):
        raise Refused(_("Each share once, please."), code="twice")
    if not all(1 <= percent <= LARGEST for percent in percents):
        raise Refused(_("A share lies between 1 and %(most)d percent.") % {"most": LARGEST}, code="share")
    if not {whom for _percent, whom in wanted} <= set(Whom.values):
        raise Refused(_("There is nobody of that kind to tell."), code="whom")
