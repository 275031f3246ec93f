"""What speaks for two Cases being one: kept as codes and numbers, put into words where they are read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import prod
from typing import Any

from django.utils.translation import gettext as _

from bihuan.kernel.geo import distance_m
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.cases.twins.likeness import LIKE, likeness


@dataclass(frozen=True)
class Sign:
    """One sign, how often it is right when it stands alone (0 to 1), and its numbers."""

    kind: str
    strength: float
    numbers: Mapping[str, int]

    def said(self) -> dict[str, Any]:
        """Return it as a Pair keeps it."""
        return {"kind": self.kind, **self.numbers}


@dataclass(frozen=True)
class Likely:
    """All signs together: the strongest first, and how much they say (0 to 1)."""

    signs: list[Sign]
    strength: float


def judge(case: Case, other: Case, is_same_phone: bool) -> Likely | None:
    """Weigh what speaks for two Cases being one; None when nothing does, or when one is the other's child."""
    signs = [*_of_phone(case, other, is_same_phone), *_of_place(case, other), *_of_words(case, other)]
    if not signs or case.parent_id == other.pk or other.parent_id == case.pk:
        return None
    signs.sort(key=lambda sign: -sign.strength)
    return Likely(signs, round(1 - prod(1 - sign.strength for sign in signs), 2))


def _of_phone(case: Case, other: Case, is_same_phone: bool) -> Iterator[Sign]:
    if is_same_phone:
        is_same = case.service_id == other.service_id
        yield Sign("phone" if is_same else "phone_other", 0.9 if is_same else 0.3, {})


def _of_place(case: Case, other: Case) -> Iterator[Sign]:
    if case.service_id is None or case.service_id != other.service_id or is_personal(case.service):
        return
    metres = metres_between(case, other)
    if metres is not None:
        numbers = {"metres": round(metres, -1), "minutes": minutes_between(case, other)}
        yield Sign("place", 0.7 if metres < 150 else 0.5, numbers)


def _of_words(case: Case, other: Case) -> Iterator[Sign]:
    share = likeness(case.summary, other.summary)
    if share >= LIKE:
        yield Sign("words", share * 0.8, {"percent": int(share * 100)})


def is_personal(service: Service | None) -> bool:
    """Say whether a service is about one person's need: two neighbours who need medicine are no twins."""
    return service is not None and bool({"phone", "name"} & set(service.needs))


def metres_between(case: Case, other: Case) -> int | None:
    """Return how far apart two Cases are, where both have a place."""
    if case.lon is None or case.lat is None or other.lon is None or other.lat is None:
        return None
    return round(distance_m((case.lon, case.lat), (other.lon, other.lat)))


def minutes_between(case: Case, other: Case) -> int:
    """Return how long after one another they came in."""
    return abs(case.opened_at - other.opened_at) // timedelta(minutes=1)


def in_words(signs: Iterable[Mapping[str, Any]]) -> str:
    """Put the signs of a Pair into words."""
    return _("; ").join(_words(sign) for sign in signs)


def _words(sign: Mapping[str, Any]) -> str:
    if sign["kind"] == "phone":
        return _("same telephone, same service")
    if sign["kind"] == "phone_other":
        return _("same telephone, another service")
    if sign["kind"] == "place":
        numbers = {"metres": sign["metres"], "hours": sign["minutes"] // 60 + 1}
        return _("same service %(metres)d m away within %(hours)d h") % numbers
    return _("like wording (%(percent)d %%)") % {"percent": sign["percent"]}
