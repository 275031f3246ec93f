"""How often a model is right on Cases that it has not seen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bihuan.spine.cases.learning.grams import grams_of
from bihuan.spine.cases.learning.material import Sample
from bihuan.spine.cases.learning.weights import Weights

WORST = 10
TRIES = 3


@dataclass
class Verdict:
    """Counts on Cases held back: all, right at once, right among three, right by always saying the commonest."""

    held: int = 0
    first: int = 0
    three: int = 0
    always: int = 0
    by_label: dict[str, dict[str, int]] = field(default_factory=dict)
    mistaken: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def confusions(self) -> list[dict[str, object]]:
        """Return the pairs that were mistaken for each other most often."""
        worst = sorted(self.mistaken.items(), key=lambda pair: (-pair[1], pair[0]))[:WORST]
        return [{"true": true, "said": said, "count": count} for (true, said), count in worst]


def judge(weights: Weights, held: Sequence[Sample], what: str, commonest: str) -> Verdict:
    """Try a model on Cases that it has not seen. A label that it never learnt counts as wrong."""
    verdict = Verdict(held=len(held))
    for sample in held:
        true = sample.label(what)
        best = ranked(weights, grams_of(sample.text, sample.district))[:TRIES]
        _count(verdict, true, [weights.labels[at] for at in best])
        verdict.always += true == commonest
    return verdict


def _count(verdict: Verdict, true: str, said: Sequence[str]) -> None:
    row = verdict.by_label.setdefault(true, {"held": 0, "first": 0, "three": 0})
    is_first, is_there = said[0] == true, true in said
    row["held"] += 1
    row["first"] += is_first
    row["three"] += is_there
    verdict.first += is_first
    verdict.three += is_there
    if not is_first:
        verdict.mistaken[true, said[0]] += 1


def ranked(weights: Weights, grams: frozenset[str]) -> list[int]:
    """Return the labels by how likely they are, the likeliest first."""
    return [int(at) for at in np.argsort(-weights.probabilities(grams), kind="stable")]


def commonest(samples: Sequence[Sample], what: str) -> str:
    """Return the label that occurs most often."""
    return Counter(sample.label(what) for sample in samples).most_common(1)[0][0]
