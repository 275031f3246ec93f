"""The worker's part: pairs of Cases that may be the same, written down as Cases come in.

It follows the sealed order of the audit, which is the order of commits, so no Case is passed over. Each new Case
is held against a bounded number of others and gets at most a few pairs, and with the eldest of a cluster rather
than with each of its followers: five thousand Cases of one fault make about five thousand pairs, not twelve million.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet

from bihuan.kernel import clock
from bihuan.spine.audit.models import Leaf
from bihuan.spine.cases.models import Case, Figures, Judgement, Pair
from bihuan.spine.cases.states import UNDONE
from bihuan.spine.cases.twins.looking import RELATED, UNREAD, Twin, look

NAME = "twins"  # the row that keeps how far the audit has been followed
READ = 1_000
LOOKED_FOR = 100  # Cases looked at in one go: each takes a few milliseconds
KEPT = 3
LEAST = 0.4
BEGINS = frozenset({"opened", "reopen", "unmerge", "reclassify", "relocate"})
ENDS = frozenset({"resolve", "confirm", "close", "withdraw", "decline", "merge"})


@dataclass
class News:
    """What the audit tells since the last time: Cases that begin and end, and how far it was read."""

    position: int
    begun: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    merged: dict[int, int] = field(default_factory=dict)


def find_pairs() -> int:
    """Bring the pairs up to what has been sealed; return how many lines of the audit were read."""
    since = _position()
    news = _read(since)
    if news.position == since:
        return 0
    found = pairs_for(news.begun)
    with transaction.atomic():
        _end(news)
        Pair.objects.bulk_create(found, ignore_conflicts=True, batch_size=500)
        _reopen(news.begun)
        at = {"counted_at": clock.now(), "values": {"position": news.position}}
        Figures.objects.update_or_create(name=NAME, defaults=at)
    return news.position - since


def _position() -> int:
    row = Figures.objects.filter(name=NAME).first()
    return int(row.values["position"]) if row else -1


def _read(since: int) -> News:
    news = News(since)
    leaves = Leaf.objects.filter(position__gt=since).order_by("position")
    columns = ("position", "event__verb", "event__case_id", "event__detail")
    for position, verb, case_id, detail in leaves.values_list(*columns)[:READ]:
        news.position = position
        if verb in BEGINS and case_id:
            news.begun.append(case_id)
        elif verb in ENDS and case_id and "from" not in detail:
            news.ended.append(case_id)
            if "into" in detail:
                news.merged[case_id] = detail["into"]
        if len(news.begun) == LOOKED_FOR:
            break
    return news


# --- Finding --------------------------------------------------------------------------------------------


def pairs_for(numbers: Sequence[int]) -> list[Pair]:
    """Return the pairs that some Cases make with those that came before them; nothing is written."""
    cases = Case.objects.filter(pk__in=numbers, status__in=UNDONE).select_related(*RELATED).defer(*UNREAD)
    heads: dict[int, set[int]] = {}
    found: list[Pair] = []
    for case in cases.order_by("pk"):
        for twin in _chosen(case, heads):
            found.append(_pair(case, twin))
            heads.setdefault(case.pk, set()).add(twin.case.pk)
    return found


def _chosen(case: Case, heads: dict[int, set[int]]) -> list[Twin]:
    """Return the few that a Case is held against: the likeliest, of equals the eldest, and no followers of these."""
    likely = {twin.case.pk: twin for twin in look(case) if _is_worth(case, twin)}
    for follower, head in _followers(likely):
        heads.setdefault(follower, set()).add(head)
    leading = [twin for number, twin in likely.items() if not heads.get(number, set()) & likely.keys()]
    return sorted(leading, key=lambda twin: (-twin.strength, twin.case.pk))[:KEPT]


def _is_worth(case: Case, twin: Twin) -> bool:
    return twin.strength >= LEAST and twin.case.pk < case.pk and twin.case.status in UNDONE


def _followers(numbers: Iterable[int]) -> list[tuple[int, int]]:
    open_ones = Pair.objects.filter(newer_id__in=list(numbers), verdict=Judgement.OPEN)
    return list(open_ones.values_list("newer_id", "older_id"))


def _pair(case: Case, twin: Twin) -> Pair:
    signs = [sign.said() for sign in twin.likely.signs]
    return Pair(older=twin.case, newer=case, signs=signs, strength=twin.strength, found_at=clock.now())


# --- What ends ------------------------------------------------------------------------------------------


def _end(news: News) -> None:
    """Let the pairs of what has ended go; the followers of a merged Case follow the one that stays."""
    for case_id, into in news.merged.items():
        _hand_on(case_id, into)
    still = set(Case.objects.filter(pk__in=news.ended, status__in=UNDONE).values_list("pk", flat=True))
    gone = [number for number in news.ended if number not in still]
    _of(gone, Judgement.OPEN).update(verdict=Judgement.GONE)


def _hand_on(case_id: int, into: int) -> None:
    made = []
    for pair in _of([case_id], Judgement.OPEN):
        other = pair.newer_id if pair.older_id == case_id else pair.older_id
        if other != into:
            older, newer = sorted((other, into))
            made.append(Pair(older_id=older, newer_id=newer, signs=pair.signs, strength=pair.strength,
                             found_at=clock.now()))  # fmt: skip
    Pair.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)


def _reopen(numbers: Iterable[int]) -> None:
    """Take up again the pairs of a Case that goes on after all, with those that still go on too."""
    back = _of(list(numbers), Judgement.GONE)
    back.filter(older__status__in=UNDONE, newer__status__in=UNDONE).update(verdict=Judgement.OPEN)


def _of(numbers: Sequence[int], verdict: Judgement) -> QuerySet[Pair]:
    return Pair.objects.filter(Q(older_id__in=numbers) | Q(newer_id__in=numbers), verdict=verdict)
