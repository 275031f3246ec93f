"""Fitting."""

import numpy as np
import pytest

from bihuan.spine.cases.learning import fitting
from bihuan.spine.cases.learning.fitting import TooFew, fit, known_grams
from bihuan.spine.cases.learning.grams import grams_of
from bihuan.spine.cases.learning.material import Sample
from tests.spine.cases.learning.conftest import BEGAN, make_samples

SECRET = "我叫赵钱孙"


def test_our_own_scoring_is_that_of_the_library(samples: list[Sample]) -> None:
    from sklearn.linear_model import LogisticRegression

    weights = fit(samples, "service")
    matrix = fitting._matrix(samples, weights).toarray()
    model = LogisticRegression(C=fitting.STRICTNESS, max_iter=fitting.ROUNDS).fit(
        matrix, [one.service for one in samples]
    )
    ours = [weights.probabilities(grams_of(one.text, one.district)) for one in samples]
    assert np.allclose(ours, model.predict_proba(matrix), atol=1e-3)


def test_two_labels_are_told_apart_too(samples: list[Sample]) -> None:
    weights = fit(samples, "agency")
    likely = weights.probabilities(grams_of("停电了"))
    assert weights.labels[int(likely.argmax())] == "grid"


def test_what_few_askers_wrote_is_nowhere_in_what_was_learnt(samples: list[Sample]) -> None:
    often = [
        Sample(f"停电了，{SECRET}", "", "power_failure", "grid", f"caller {n % 4}", BEGAN) for n in range(40)
    ]
    learnt = "".join(fit([*samples, *often], "service").grams)
    assert not any(character in learnt for character in "叫赵钱孙")
    assert "停电" in learnt


def test_a_run_counts_once_for_each_asker() -> None:
    said = [Sample("暗号", "", "a", "b", "same", BEGAN)] * 9
    assert known_grams(said, 2) == []
    assert set(known_grams(said, 1)) == {"暗", "号", "暗号"}


def test_only_so_many_runs_are_kept(samples: list[Sample], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "MOST_GRAMS", 20)
    assert len(fit(samples, "service").grams) == 20


def test_with_one_label_there_is_nothing_to_learn() -> None:
    with pytest.raises(TooFew):
        fit([one for one in make_samples(60) if one.service == "water"], "service")
