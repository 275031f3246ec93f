"""A draft tried on the Cases of last week: what would be decided otherwise, which rules never decide, which overlap.

Asking for a trial writes one row; the worker goes on with it some hundred Cases at a time, so that neither the page
nor triage waits. Both editions are asked about what was written then, with the city as it is known now.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.cases import gist
from bihuan.spine.cases.models import Asker, Edition, Trial, TriedCase
from bihuan.spine.cases.placing import place_of
from bihuan.spine.cases.rules import Decision, Rulebook
from bihuan.spine.cases.sorting.editions import check_may, in_force
from bihuan.spine.places.atlas import Atlas
from bihuan.spine.places.queries import atlas

BACK = timedelta(days=7)
MOST = 20_000
CHUNK = 400


@transaction.atomic
def start_trial(*, edition: Edition, by: User) -> Trial:
    """Ask for a draft to be tried on last week's Cases; one that runs on the same wording goes on."""
    check_may(by)
    base = in_force()
    if base is None:
        raise Refused(_("There are no rules in force to compare with."), code="no_rules")
    running = edition.trials.filter(revision=edition.revision, against=base, finished_at__isnull=True).first()
    if running is not None:
        return running
    # What an older wording came to is of no use any more, and twenty thousand rows of it are no ornament.
    edition.trials.all().delete()
    now = clock.now()
    first, total = _span(now - BACK)
    trial = Trial.objects.create(
        edition=edition, revision=edition.revision, against=base, asked_by=by, asked_at=now, since=now - BACK,
        total=total, reached=first - 1, found=_blank(), finished_at=None if total else now,
    )  # fmt: skip
    record(by=by, verb="rules_tried", subject=edition, detail={"revision": edition.revision, "cases": total})
    return trial


def _span(since: Any) -> tuple[int, int]:
    """Return the first asker of the newest Cases since an instant, and how many there are, up to the most."""
    newest = _opened(since).order_by("-id").values_list("id", flat=True)[:MOST]
    numbers = list(newest)
    return (numbers[-1], len(numbers)) if numbers else (1, 0)


def _opened(since: Any) -> QuerySet[Asker]:
    """Return the askers for whom a Case was opened: of a twin's askers each counts with the Case it had first."""
    return Asker.objects.filter(first_case__opened_at__gte=since, first_case__is_self_raised=False)


def _blank() -> dict[str, Any]:
    return {"fired": {}, "overlaps": {}, "caught": {}, "caught_before": {}}


def advance() -> int:
    """Go on with the oldest trial that is not finished; return how many Cases were tried."""
    trial = (
        Trial.objects.filter(finished_at__isnull=True)
        .select_related("edition", "against")
        .order_by("id")
        .first()
    )
    if trial is None:
        return 0
    if trial.revision != trial.edition.revision:
        # The draft has been changed under it: what it says would be of two wordings.
        trial.delete()
        return 0
    return _advance(trial)


def _advance(trial: Trial) -> int:
    waiting = _opened(trial.since).filter(id__gt=trial.reached).order_by("id")
    batch = list(waiting.select_related("submission", "first_case")[:CHUNK])
    count = Tally(trial.found)
    changed = list(count.try_all(batch, trial))
    is_last = len(batch) < CHUNK or trial.done + len(batch) >= trial.total
    fields: dict[str, Any] = {
        "reached": batch[-1].pk if batch else trial.reached,
        "done": trial.done + len(batch),
        "found": count.plain(),
        "finished_at": clock.now() if is_last else None,
    }
    with transaction.atomic():
        # Another worker may have tried the same Cases: the row count decides whose findings stand.
        if not Trial.objects.filter(pk=trial.pk, reached=trial.reached, finished_at__isnull=True).update(
            **fields
        ):
            return 0
        TriedCase.objects.bulk_create(changed, batch_size=500)
    return max(1, len(batch))


@dataclass
class Tally:
    """Counts as they stand, and the next Cases tried on top of them."""

    found: dict[str, Any]
    counts: dict[str, Counter[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.counts = {name: Counter(self.found.get(name, {})) for name in _blank()}

    def try_all(self, askers: Iterable[Asker], trial: Trial) -> Iterator[TriedCase]:
        """Ask both editions about each Case; yield those that the draft decides otherwise."""
        before, after, city = Rulebook.load(trial.against), Rulebook.load(trial.edition), atlas()
        for asker in askers:
            old, new = self._try(asker, before, after, city)
            if (old.agency, old.priority) != (new.agency, new.priority):
                yield _otherwise(trial, asker, old, new)

    def _try(self, asker: Asker, before: Rulebook, after: Rulebook, city: Atlas) -> tuple[Decision, Decision]:
        submission, case = asker.submission, asker.first_case
        place, words = place_of(submission, city).found, gist.words_of(submission)
        service = before.services.get(submission.service)
        old = before.decide(service, place, words, case.zone_state)
        fitting = list(after.fitting(service, place, words, case.zone_state))
        new = after.decide_by(fitting[0] if fitting else None, service, words)
        self.counts["caught_before"][_caught(old)] += 1
        self.counts["caught"][_caught(new)] += 1
        if fitting:
            self.counts["fired"][str(fitting[0].number)] += 1
        for other in fitting[1:]:
            if (other.agency_id, other.priority) != (fitting[0].agency_id, fitting[0].priority):
                self.counts["overlaps"][f"{fitting[0].number}-{other.number}"] += 1
        return old, new

    def plain(self) -> dict[str, Any]:
        return {name: dict(counter) for name, counter in self.counts.items()}


def _caught(decision: Decision) -> str:
    if decision.rule_number is not None:
        return "rule"
    return "own" if decision.agency else "nobody"


def _otherwise(trial: Trial, asker: Asker, old: Decision, new: Decision) -> TriedCase:
    return TriedCase(
        trial=trial, case_id=asker.first_case_id, agency_before=old.agency, agency_after=new.agency,
        rule_before=old.rule_number, rule_after=new.rule_number, priority_before=old.priority,
        priority_after=new.priority,
    )  # fmt: skip
