"""What the triage page shows beside a Case to help whoever sorts it."""

from collections.abc import Iterable
from dataclasses import dataclass

from bihuan.faces.desk.places import label_of
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.learning.hinting import Hint, hints, offer
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.places.gazetteer import Level
from bihuan.spine.places.reasons import WORDS


@dataclass(frozen=True)
class PlaceChoice:
    """A place that the words may mean; ``site`` is its number, or nothing where it is a district."""

    label: str
    site: int | None


@dataclass(frozen=True)
class HintView:
    """A suggestion with what taking it means, and the places to choose among."""

    hint: Hint
    service: Service | None
    agency: Agency | None
    places: list[PlaceChoice]
    why_place: str

    @property
    def can_take(self) -> bool:
        return self.service is not None and self.agency is not None


def hinted(cases: Iterable[Case]) -> dict[int, HintView]:
    """Return what helps to sort each of the Cases."""
    by_number = {case.pk: case for case in cases}
    return {number: _view(by_number[number], hint) for number, hint in hints(by_number.values()).items()}


def _view(case: Case, hint: Hint) -> HintView:
    service, agency = offer(case, hint) or (None, None)
    named = hint.named
    if named is None:
        return HintView(hint, service, agency, [], "")
    labels = label_of(named.candidates)
    places = [
        PlaceChoice(label, place.id if place.level == Level.SITE else None)
        for label, place in zip(labels, named.candidates, strict=False)
    ]
    return HintView(hint, service, agency, places, str(WORDS[named.reason]))
