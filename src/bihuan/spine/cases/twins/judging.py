"""Pairs put before people, one by one: whoever takes one has it for a while, so that two never look at the same.

A claim is a conditional update and so is a judgement; whoever comes second is told who was first.
"""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, Judgement, Pair
from bihuan.spine.cases.queries.access import visible_cases
from bihuan.spine.cases.rights import is_visible
from bihuan.spine.cases.states import IN_HAND, Status

CLAIMED_S = 120.0
RESTS_S = 1800.0
UNDO_WITHIN = timedelta(hours=1)
TRIES = 20
CASES = ("older", "newer")
RELATED = tuple(f"{case}__{name}" for case in CASES for name in ("service", "agency", "district", "site"))
UNREAD = tuple(f"{case}__district__outline" for case in CASES)
FURTHER = IN_HAND | {Status.HOLD}


def list_pairs(user: User, limit: int) -> list[Pair]:
    """List the pairs that wait to be judged and that this person may see, the likeliest first."""
    return list(waiting_pairs(user).order_by("-strength", "id")[:limit])


def waiting_pairs(user: User) -> QuerySet[Pair]:
    """Return the pairs that wait to be judged and that this person may see, with both Cases, in no order."""
    return _waiting(user).select_related(*RELATED).defer(*UNREAD)


def count_pairs(user: User, limit: int) -> int:
    """Count them, at most to a limit."""
    return _waiting(user).order_by()[:limit].count()


def access_pair(user: User, pair_id: int) -> Pair:
    """Fetch a pair, judged or not; 404 when this person may not know of both its Cases."""
    pair = Pair.objects.select_related(*RELATED, "judged_by").defer(*UNREAD).filter(pk=pair_id).first()
    if pair is None or not (is_visible(user, pair.older) and is_visible(user, pair.newer)):
        raise Http404
    return pair


def take_pairs(*, by: User, count: int = 1) -> list[Pair]:
    """Claim the next pairs for one person; those already in their hands come first."""
    now = clock.now()
    mine = Q(claimed_by=by, claimed_until__gte=now)
    rows = list(_waiting(by).filter(mine).order_by("-strength", "id").values_list("pk", flat=True)[:count])
    free = _waiting(by).filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=now))
    for number in free.order_by("-strength", "id").values_list("pk", flat=True)[:TRIES]:
        if len(rows) >= count:
            break
        if free.filter(pk=number).update(claimed_by=by, claimed_until=now + clock.lasting(CLAIMED_S)):
            rows.append(number)
    Pair.objects.filter(pk__in=rows).update(claimed_until=now + clock.lasting(CLAIMED_S))
    found = Pair.objects.select_related(*RELATED).defer(*UNREAD).in_bulk(rows)
    return [found[number] for number in rows if number in found]


def _waiting(user: User) -> QuerySet[Pair]:
    waiting = Pair.objects.filter(verdict=Judgement.OPEN)
    seen = visible_cases(user)
    # Whoever sees every Case needs no look at each.
    return waiting.filter(older__in=seen, newer__in=seen) if seen.query.where else waiting


@transaction.atomic
def judge(*, pair: Pair, verdict: Judgement, by: User) -> Pair:
    """Say that two Cases are the same, which merges them, or that they are not, for ever."""
    said = {
        "verdict": verdict,
        "judged_by": by,
        "judged_at": clock.now(),
        "claimed_by": None,
        "claimed_until": None,
    }
    if verdict not in {Judgement.SAME, Judgement.OTHER}:
        raise Refused(_("Say whether they are the same."), code="verdict", field="verdict")
    if not Pair.objects.filter(pk=pair.pk, verdict=Judgement.OPEN).update(**said):
        raise Conflict(who_judged(Pair.objects.select_related("judged_by").get(pk=pair.pk)))
    if verdict == Judgement.SAME:
        stays, goes = in_order(pair)
        actions.merge(case=goes, into=stays, by=by)
    else:
        _record(pair, "not_twin", by)
    return Pair.objects.get(pk=pair.pk)


def in_order(pair: Pair) -> tuple[Case, Case]:
    """Return which of a pair stays and which goes into it: what somebody is at work on stays, else the elder."""
    if pair.newer.status in FURTHER and pair.older.status not in FURTHER:
        return pair.newer, pair.older
    return pair.older, pair.newer


def skip(*, pair: Pair, by: User) -> None:
    """Pass a pair over: it rests for a while and then comes to whoever is there."""
    rest = {"claimed_by": None, "claimed_until": clock.now() + clock.lasting(RESTS_S)}
    Pair.objects.filter(pk=pair.pk, verdict=Judgement.OPEN).update(**rest)


@transaction.atomic
def undo(*, by: User) -> Pair:
    """Take back one's own latest judgement, un-merging what it merged, and have the pair before one again."""
    judged = Pair.objects.filter(judged_by=by, judged_at__gte=clock.now() - UNDO_WITHIN)
    decided = judged.filter(verdict__in=[Judgement.SAME, Judgement.OTHER]).order_by("-judged_at", "-id")
    pair = decided.select_related(*CASES).first()
    if pair is None:
        raise Refused(_("There is nothing of yours to take back."), code="undo")
    open_again = partial(
        Pair.objects.filter(pk=pair.pk).update,
        verdict=Judgement.OPEN, judged_by=None, judged_at=None, claimed_by=by,
        claimed_until=clock.now() + clock.lasting(CLAIMED_S),
    )  # fmt: skip
    if pair.verdict == Judgement.SAME:
        merged = pair.newer if pair.newer.status == Status.MERGED else pair.older
        actions.unmerge(case=merged, by=by)
    else:
        _record(pair, "twin_again", by)
    open_again()
    return access_pair(by, pair.pk)


def who_judged(pair: Pair) -> str:
    """Say who was first with a pair, and what they said."""
    if pair.judged_by is None or pair.judged_at is None:
        return _("One of the two has ended in the meantime.")
    return _("%(who)s said “%(verdict)s” at %(time)s.") % {
        "who": pair.judged_by,
        "verdict": Judgement(pair.verdict).label,
        "time": timezone.localtime(pair.judged_at).strftime("%H:%M"),
    }


def _record(pair: Pair, verb: str, by: User) -> None:
    case = pair.newer
    detail = {"other": pair.older_id}
    record(by=by, verb=verb, subject=case, case_id=case.pk, agency_id=case.agency_id, detail=detail)
