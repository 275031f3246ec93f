"""A pair of Cases side by side: what agrees, what differs, and which words both say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bihuan.faces.desk import wording
from bihuan.spine.cases.models import Asker, Case, Judgement, Pair
from bihuan.spine.cases.reading import masked
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.twins.judging import in_order
from bihuan.spine.cases.twins.likeness import Span, shared_spans
from bihuan.spine.cases.twins.signs import metres_between, minutes_between

MANY = 10
MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True)
class Side:
    """One of the two: its Case, what was asked with the shared words marked, and whether it stays after a merge."""

    case: Case
    words: list[Span]
    stays: bool


@dataclass(frozen=True)
class Fact:
    """One thing compared: what each side says of it, and a word on how they compare. ``tone``: same, near, other."""

    label: str
    values: tuple[str, str]
    verdict: str
    tone: str


@dataclass(frozen=True)
class PairView:
    """A pair as the screen shows it."""

    pair: Pair
    sides: list[Side]
    facts: list[Fact]
    alike: int
    """How many open pairs the older Case has: many mean one fault, and a banner."""


def view(pair: Pair) -> PairView:
    """Compare two Cases."""
    askers = [_first_asker(case) for case in (pair.older, pair.newer)]
    texts = [
        (asker.submission.text if asker else "") or case.summary
        for asker, case in zip(askers, (pair.older, pair.newer), strict=True)
    ]
    stays, _goes = in_order(pair)
    sides = [
        Side(case, shared_spans(text, other), case.pk == stays.pk)
        for case, text, other in zip((pair.older, pair.newer), texts, reversed(texts), strict=True)
    ]
    return PairView(pair, sides, list(_facts(pair.older, pair.newer, askers)), _alike(pair))


def _alike(pair: Pair) -> int:
    return Pair.objects.filter(older_id=pair.older_id, verdict=Judgement.OPEN).count()


def _first_asker(case: Case) -> Asker | None:
    return case.askers.select_related("submission").order_by("id").first()


def _facts(one: Case, other: Case, askers: Iterable[Asker | None]) -> Iterator[Fact]:
    yield _plain(_("Service"), str(one.service or "—"), str(other.service or "—"))
    yield _place(one, other)
    yield _time(one, other)
    yield _phone(*askers)
    yield _plain(_("Agency"), str(one.agency or "—"), str(other.agency or "—"), tone="near")
    yield _plain(_("State"), str(Status(one.status).label), str(Status(other.status).label), tone="near")


def _plain(label: str, one: str, other: str, tone: str = "other") -> Fact:
    is_same = one == other
    return Fact(label, (one, other), _("same") if is_same else _("differs"), "same" if is_same else tone)


def _place(one: Case, other: Case) -> Fact:
    said = (_spot(one), _spot(other))
    metres = metres_between(one, other)
    if metres is None:
        return Fact(_("Place"), said, _("unknown"), "near")
    words = _("%(m)d m apart") % {"m": metres}
    return Fact(_("Place"), said, words, "same" if metres < 150 else "near" if metres < 1000 else "other")


def _spot(case: Case) -> str:
    return str(case.site or case.place or case.district or "—")


def _time(one: Case, other: Case) -> Fact:
    minutes = minutes_between(one, other)
    words = (
        ngettext("%(n)d min apart", "%(n)d min apart", minutes) % {"n": minutes}
        if minutes < 120
        else _("%(n)d h apart") % {"n": minutes // 60}
    )
    tone = "same" if minutes <= 60 else "near" if minutes <= MINUTES_OF_DAY else "other"
    return Fact(_("Came in"), (wording.exact(one.opened_at), wording.exact(other.opened_at)), words, tone)


def _phone(one: Asker | None, other: Asker | None) -> Fact:
    said = tuple(masked(asker.submission).phone if asker else "" for asker in (one, other))
    label = _("Telephone")
    if one is None or other is None or not one.phone_hash or not other.phone_hash:
        return Fact(label, (said[0] or "—", said[1] or "—"), _("unknown"), "near")
    is_same = bytes(one.phone_hash) == bytes(other.phone_hash)
    return Fact(
        label, (said[0], said[1]), _("same") if is_same else _("differs"), "same" if is_same else "near"
    )
