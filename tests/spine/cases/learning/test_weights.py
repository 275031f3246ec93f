"""What was learnt, as plain arrays."""

import io

import numpy as np
import pytest

from bihuan.spine.cases.learning.weights import Weights

GRAMS = ("停电", "水", "药")


@pytest.fixture
def weights() -> Weights:
    coefficients = np.array([[2, -1, 0], [-1, 2, 0]], dtype=np.float32)
    return Weights(("power", "water"), GRAMS, np.ones(3, np.float32), coefficients, np.zeros(2, np.float32))


def test_packing_and_reading_gives_the_same(weights: Weights) -> None:
    again = Weights.unpack(weights.pack())
    assert (again.labels, again.grams) == (weights.labels, weights.grams)
    assert np.array_equal(again.coefficients, weights.coefficients)


def test_probabilities_are_those_of_the_formula_written_out(weights: Weights) -> None:
    half = 1 / np.sqrt(2)
    scores = np.array([2 * half - half, -half + 2 * half])
    expected = np.exp(scores) / np.exp(scores).sum()
    assert np.allclose(weights.probabilities(frozenset({"停电", "水"})), expected, atol=1e-6)
    assert weights.probabilities(frozenset({"停电"}))[0] > 0.9


def test_a_text_without_a_known_run_says_nothing_either_way(weights: Weights) -> None:
    assert weights.probabilities(frozenset({"x"})).tolist() == [0.5, 0.5]
    assert weights.speaking(frozenset({"x"}), "power") == {}


def test_what_speaks_for_a_label_is_what_speaks_less_for_others(weights: Weights) -> None:
    assert list(weights.speaking(frozenset({"停电", "水", "药"}), "power")) == ["停电"]


def test_a_file_that_would_run_code_is_refused(weights: Weights) -> None:
    out = io.BytesIO()
    np.savez(out, labels=np.array([{}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        Weights.unpack(out.getvalue())
