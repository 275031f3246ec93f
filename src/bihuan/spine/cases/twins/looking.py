"""Which open Cases may be the same as one: by telephone, by place and time, by wording.

Each looks at a bounded number of rows through an index, so it costs the same at any number of Cases. Where
very many lie near by, half of those looked at are the eldest of the same service (to one of them a known
fault's look-alikes belong) and half the newest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Q, QuerySet

from bihuan.kernel.geo import cells_near
from bihuan.kernel.private import keyed_hash, normal_phone
from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import Asker, Case, Judgement, Pair
from bihuan.spine.cases.rights import is_visible
from bihuan.spine.cases.twins.signs import Likely, in_words, judge

RECENT = timedelta(hours=24)
LISTED = 8
LOOKED_AT = 100
RELATED = ("service", "agency", "district", "site")
# Long JSON that no list shows.
UNREAD = ("district__outline", "service__questions", "service__keywords")
# What a twin is judged by. A hundred rows are read for each Case: all else would be dear.
JUDGED_BY = (
    "id", "service", "parent", "agency", "status", "summary", "lon", "lat", "opened_at", "is_self_raised",
)  # fmt: skip


@dataclass(frozen=True)
class Twin:
    """A Case that may be the same, why, and how much speaks for it (0 to 1)."""

    case: Case
    likely: Likely

    @property
    def reason(self) -> str:
        return in_words([sign.said() for sign in self.likely.signs])

    @property
    def strength(self) -> float:
        return self.likely.strength


def list_twins(case: Case, user: User | None = None) -> list[Twin]:
    """Return the open Cases that may be the same, the likeliest first; for a person, those they may see.

    What somebody has said is not the same is never suggested again.
    """
    found = sorted(look(case), key=lambda twin: (-twin.strength, -twin.case.pk))
    whole = _with_words(Case.objects.all()).in_bulk([twin.case.pk for twin in found])
    listed = [replace(twin, case=whole[twin.case.pk]) for twin in found if twin.case.pk in whole]
    return [twin for twin in listed if user is None or is_visible(user, twin.case)][:LISTED]


def look(case: Case) -> list[Twin]:
    """Return every open Case looked at that may be the same, in no order."""
    phone = {other.pk: other for other in _same_phone(case)}
    candidates = phone | {other.pk: other for other in _around(case)}
    for number in _others(case):
        candidates.pop(number, None)
    # What staff and the system raise is worded alike, and each is about somebody else.
    two_asks = {
        number: other
        for number, other in candidates.items()
        if not (case.is_self_raised and other.is_self_raised)
    }
    judged = [(other, judge(case, other, number in phone)) for number, other in two_asks.items()]
    return [Twin(other, likely) for other, likely in judged if likely]


def twins_of_phone(phone: str) -> list[Case]:
    """Return the open Cases of a telephone, newest first; refuses what can't be a number."""
    return list(_with_words(_of_phones([keyed_hash(normal_phone(phone))]))[:LISTED])


def _others(case: Case) -> list[int]:
    """Return the numbers of what a person has found not to be the same."""
    said = Pair.objects.filter(Q(older=case) | Q(newer=case), verdict=Judgement.OTHER)
    return [older if newer == case.pk else newer for older, newer in said.values_list("older_id", "newer_id")]


def _same_phone(case: Case) -> list[Case]:
    # A Case of thousands is known by its first askers.
    askers = case.askers.filter(phone_hash__isnull=False).order_by("id")
    hashes = list(askers.values_list("phone_hash", flat=True)[:LOOKED_AT])
    return list(_of_phones(hashes).exclude(pk=case.pk).only(*JUDGED_BY)[:LOOKED_AT])


def _of_phones(hashes: Sequence[object]) -> QuerySet[Case]:
    numbers = Asker.objects.filter(phone_hash__in=hashes).values("case_id")
    return Case.objects.filter(pk__in=numbers, is_open=True).order_by("-pk")


def _around(case: Case) -> list[Case]:
    """Return what is open near by and of about the same time; without a place, what came in about then."""
    since, until = case.opened_at - RECENT, case.opened_at + RECENT
    recent = Case.objects.filter(is_open=True, opened_at__range=(since, until)).exclude(pk=case.pk)
    near = recent.only(*JUDGED_BY)
    if not case.cell:
        return list(near.order_by("-opened_at")[:LOOKED_AT])
    here = near.filter(cell__in=cells_near(case.cell))
    newest = list(here.order_by("-pk")[:LOOKED_AT])
    if len(newest) < LOOKED_AT:
        return newest
    eldest = here.filter(service=case.service).order_by("pk")
    return [*eldest[: LOOKED_AT // 2], *newest[: LOOKED_AT // 2]]


def _with_words(found: QuerySet[Case]) -> QuerySet[Case]:
    return found.select_related(*RELATED).defer(*UNREAD)
