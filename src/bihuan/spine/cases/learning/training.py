"""Training: learn, judge on what was held back, learn again from everything, keep."""

from collections.abc import Sequence

from django.db import transaction

from bihuan.kernel import clock
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.cases.learning.fitting import FEWEST_ASKERS, TooFew, fit
from bihuan.spine.cases.learning.judging import Verdict, commonest, judge
from bihuan.spine.cases.learning.material import Sample, closed_cases, split
from bihuan.spine.cases.models import Learnt, Taught

FEWEST_CASES = 200
KEPT = 30  # trainings of which the figures stay


def train(*, fewest_cases: int = FEWEST_CASES) -> list[Learnt]:
    """Learn services and agencies from closed Cases; nothing is kept where there are too few to learn from."""
    samples = closed_cases()
    if len(samples) < fewest_cases:
        return []
    learnt = [made for what in Taught.values if (made := learn(samples, what)) is not None]
    return [_keep(one) for one in learnt]


def learn(samples: Sequence[Sample], what: str, *, fewest_askers: int = FEWEST_ASKERS) -> Learnt | None:
    """Learn one thing from samples, with what it came to on those held back; None where there is nothing to tell apart.

    The model that is judged has never seen the Cases held back; the one that is kept has.
    """
    taught, held = split(samples)
    try:
        judged = fit(taught, what, fewest_askers=fewest_askers)
        verdict = judge(judged, held, what, commonest(taught, what))
        weights = fit(samples, what, fewest_askers=fewest_askers)
    except TooFew:
        return None
    return _row(what, len(samples), verdict, weights.pack())


def _row(what: str, count: int, verdict: Verdict, packed: bytes) -> Learnt:
    return Learnt(
        what=what, trained_at=clock.now(), case_count=count, held_back=verdict.held, right_first=verdict.first,
        right_in_three=verdict.three, right_always=verdict.always, by_label=verdict.by_label,
        confusions=verdict.confusions, weights=packed,
    )  # fmt: skip


@transaction.atomic
def _keep(made: Learnt) -> Learnt:
    """Keep what was learnt; the weights of earlier trainings go, their figures stay for a while."""
    made.save(force_insert=True)
    earlier = Learnt.objects.filter(what=made.what).exclude(pk=made.pk)
    earlier.update(weights=b"")
    old = earlier.order_by("-trained_at").values_list("pk", flat=True)[KEPT:]
    Learnt.objects.filter(pk__in=list(old)).delete()
    detail = {"what": made.what, "cases": made.case_count, "held": made.held_back, "right": made.right_first}
    record(by=SYSTEM, verb="trained", subject=made, detail=detail)
    return made
