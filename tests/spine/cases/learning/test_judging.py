"""How often a model is right."""

from collections import Counter

from bihuan.spine.cases.learning.fitting import fit
from bihuan.spine.cases.learning.grams import grams_of
from bihuan.spine.cases.learning.judging import commonest, judge, ranked
from bihuan.spine.cases.learning.material import Sample
from tests.spine.cases.learning.conftest import BEGAN, make_samples


def test_the_counts_are_those_of_a_plain_loop(samples: list[Sample]) -> None:
    weights, held = fit(samples, "service"), make_samples(60, seed=2)
    verdict = judge(weights, held, "service", "water")
    said = [weights.labels[ranked(weights, grams_of(one.text, one.district))[0]] for one in held]
    right = Counter(one.service for one, label in zip(held, said, strict=True) if one.service == label)
    assert verdict.first == right.total()
    assert {label: row["first"] for label, row in verdict.by_label.items()} == {
        label: right[label] for label in verdict.by_label
    }
    assert verdict.always == sum(one.service == "water" for one in held)
    assert verdict.three == len(held)


def test_a_label_never_learnt_counts_as_wrong_and_as_a_confusion(samples: list[Sample]) -> None:
    odd = [Sample("停电了", "", "new_thing", "grid", "x", BEGAN)]
    verdict = judge(fit(samples, "service"), odd, "service", "water")
    assert (verdict.held, verdict.first, verdict.three) == (1, 0, 0)
    assert verdict.confusions == [{"true": "new_thing", "said": "power_failure", "count": 1}]


def test_the_commonest_label_is_the_one_to_beat(samples: list[Sample]) -> None:
    assert commonest(samples, "service") == Counter(one.service for one in samples).most_common(1)[0][0]
