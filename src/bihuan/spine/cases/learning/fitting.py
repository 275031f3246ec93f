"""Fitting a linear model to texts with labels. Bounded: so many Cases, so many grams, so many rounds."""

import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from bihuan.spine.cases.learning.grams import grams_of
from bihuan.spine.cases.learning.material import Sample
from bihuan.spine.cases.learning.weights import Weights

# A run of characters that fewer askers wrote says something of them rather than of the matter.
FEWEST_ASKERS = 5
FEWEST_OF_LABEL = 5
MOST_GRAMS = 20_000
ROUNDS = 100
STRICTNESS = 10.0  # the inverse weight of keeping coefficients small


class TooFew(Exception):
    """There is nothing to tell apart yet."""


def fit(samples: Sequence[Sample], what: str, *, fewest_askers: int = FEWEST_ASKERS) -> Weights:
    """Learn to tell the labels of ``what`` apart; raises ``TooFew`` with fewer than two common enough ones."""
    common = _common(sample.label(what) for sample in samples)
    used = [sample for sample in samples if sample.label(what) in common]
    grams = known_grams(used, fewest_askers)
    if len(common) < 2 or not grams:
        raise TooFew
    rarity = _rarity(used, grams)
    plain = Weights((), tuple(grams), rarity, np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    return _solve(_matrix(used, plain), [sample.label(what) for sample in used], plain)


def _common(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(label for label, count in Counter(labels).items() if count >= FEWEST_OF_LABEL)


def known_grams(samples: Iterable[Sample], fewest_askers: int) -> list[str]:
    """Return the runs that enough different askers wrote, the most written first where there are too many."""
    said: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        said[sample.asker].append(sample)
    askers: Counter[str] = Counter()
    for own in said.values():
        askers.update(frozenset().union(*(grams_of(one.text, one.district) for one in own)))
    enough = [gram for gram, count in askers.most_common() if count >= fewest_askers]
    return sorted(enough[:MOST_GRAMS])


def _rarity(samples: Sequence[Sample], grams: Sequence[str]) -> Any:
    found: Counter[str] = Counter()
    for sample in samples:
        found.update(grams_of(sample.text, sample.district))
    counts = np.array([found[gram] for gram in grams], dtype=np.float32)
    return (np.log((1 + len(samples)) / (1 + counts)) + 1).astype(np.float32)


def _matrix(samples: Sequence[Sample], plain: Weights) -> Any:
    from scipy.sparse import csr_matrix

    rows = [plain.vector(grams_of(sample.text, sample.district)) for sample in samples]
    columns = np.concatenate([at for at, _ in rows])
    values = np.concatenate([value for _, value in rows])
    ends = np.cumsum([0, *(len(at) for at, _ in rows)])
    return csr_matrix((values, columns, ends), shape=(len(samples), len(plain.grams)))


def _solve(matrix: Any, labels: Sequence[str], plain: Weights) -> Weights:
    # Loaded here: every process of the desk scores, few ever learn.
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRICTNESS, max_iter=ROUNDS)
    with warnings.catch_warnings():
        # So many rounds and no more, whether it has settled or not: the held-back Cases tell how good it is.
        warnings.simplefilter("ignore")
        model.fit(matrix, list(labels))
    coefficients, intercepts = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.vstack([np.zeros_like(coefficients), coefficients])
        intercepts = np.concatenate([[0.0], intercepts])
    return Weights(
        tuple(str(label) for label in model.classes_), plain.grams, plain.rarity,
        coefficients.astype(np.float32), intercepts.astype(np.float32),
    )  # fmt: skip
