"""Suggestions for Cases that wait to be sorted, and what their words say of the place; a whole page at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bihuan.spine.accounts.models import Agency
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.learning.suggesting import Suggested, Suggestion, suggest
from bihuan.spine.cases.models import Asker, Case, Service
from bihuan.spine.cases.placing import named_in
from bihuan.spine.door.models import Submission
from bihuan.spine.places.atlas import Atlas
from bihuan.spine.places.gazetteer import Named
from bihuan.spine.places.queries import atlas


@dataclass(frozen=True)
class Hint:
    """What may help to sort one Case: likely services and agencies as rows, and the place that its words name."""

    services: tuple[tuple[Service, Suggested], ...] = ()
    agencies: tuple[tuple[Agency, Suggested], ...] = ()
    learnt: tuple[int, ...] = ()
    named: Named | None = None

    @property
    def service(self) -> Service | None:
        return self.services[0][0] if self.services else None

    @property
    def agency(self) -> Agency | None:
        return self.agencies[0][0] if self.agencies else None

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that speak for the first service, else for the first agency."""
        first = self.services or self.agencies
        return first[0][1].words if first else ()


def hints(cases: Iterable[Case]) -> dict[int, Hint]:
    """Return what may help to sort each Case."""
    cases = list(cases)
    written = _written(cases)
    left = _left(cases)
    found = {
        case.pk: suggest(
            written[case.pk].text if case.pk in written else case.summary,
            case.district.code if case.district else "",
            without_agencies=left.get(case.pk, ()),
        )
        for case in cases
    }
    services, agencies = _rows(found.values())
    city = atlas()
    return {
        case.pk: _hint(found[case.pk], services, agencies, _named(case, written.get(case.pk), city))
        for case in cases
    }


def _named(case: Case, submission: Submission | None, city: Atlas) -> Named | None:
    """Read the place anew where it is unclear: only then somebody has to choose."""
    if submission is None or case.site_id is not None or case.lon is not None:
        return None
    named = named_in(submission, city)
    return named if named.candidates else None


def _written(cases: list[Case]) -> dict[int, Submission]:
    askers = Asker.objects.filter(first_case__in=cases).select_related("submission").order_by("-id")
    return {asker.first_case_id: asker.submission for asker in askers}


def _left(cases: list[Case]) -> Mapping[int, set[str]]:
    """Return which agencies have said of a Case that it is not theirs."""
    returned = Event.objects.filter(verb="return_to_triage", case_id__in=[case.pk for case in cases])
    pairs = [(event.case_id, event.detail.get("from")) for event in returned]
    codes = dict(
        Agency.objects.filter(pk__in={number for _, number in pairs if number}).values_list("id", "code")
    )
    left: dict[int, set[str]] = defaultdict(set)
    for case_id, number in pairs:
        if case_id and number in codes:
            left[case_id].add(codes[number])
    return left


def _rows(found: Iterable[Suggestion]) -> tuple[dict[str, Service], dict[str, Agency]]:
    found = list(found)
    services = {one.code for each in found for one in each.services}
    agencies = {one.code for each in found for one in each.agencies}
    return (
        Service.objects.select_related("agency").in_bulk(services, field_name="code"),
        Agency.objects.in_bulk(agencies, field_name="code"),
    )


def _hint(
    suggestion: Suggestion,
    services: Mapping[str, Service],
    agencies: Mapping[str, Agency],
    named: Named | None,
) -> Hint:
    return Hint(
        services=tuple((services[one.code], one) for one in suggestion.services if one.code in services),
        agencies=tuple((agencies[one.code], one) for one in suggestion.agencies if one.code in agencies),
        learnt=suggestion.learnt,
        named=named,
    )


def hint_for(case: Case) -> Hint:
    """Return what may help to sort one Case."""
    return hints([case])[case.pk]


def offer(case: Case, hint: Hint) -> tuple[Service, Agency] | None:
    """Return the service and the agency that taking the suggestion would mean; None where one of them is unknown."""
    service = hint.service or case.service
    agency = hint.agency or (service.agency if service and hint.service else None)
    return (service, agency) if service and agency else None


def taken(case: Case, service: Service, agency: Agency) -> int | None:
    """Return the training that suggests just this, or None where it suggests something else by now."""
    hint = hint_for(case)
    return hint.learnt[-1] if offer(case, hint) == (service, agency) else None
