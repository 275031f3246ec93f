from dataclasses import replace

import numpy as np
import pytest

from bihuan.engines.matching import Aims, BadProblem, Links, Needs, Offers, Problem
from tests.engines.matching.made import plain


def test_columns_that_are_left_out_say_nothing_special() -> None:
    offers = Offers.of([3, 4])
    assert offers.name == ("offer 1", "offer 2")
    assert offers.earmark.tolist() == [-1, -1] and offers.pack.tolist() == [1, 1]
    assert len(offers) == 2 and len(Needs.of([1])) == 1


@pytest.mark.parametrize(
    ("offers", "needs", "words"),
    [
        (Offers.of([-1]), Needs.of([1]), "offer 1: quantity"),
        (Offers.of([1], pack=0), Needs.of([1]), "offer 1: pack"),
        (Offers.of([1], lot=0), Needs.of([1]), "offer 1: lot"),
        (Offers.of([1]), Needs.of([1], priority=0), "need 1: priority"),
        (Offers.of([1], earmark=4), Needs.of([1]), "meant for a need"),
        (Offers.of([1], name=["a", "b"]), Needs.of([1]), "differ in length"),
    ],
)
def test_rows_that_can_not_be_are_refused_by_name(offers: Offers, needs: Needs, words: str) -> None:
    none = np.empty(0, np.int64)
    with pytest.raises(BadProblem, match=words):
        Problem(offers, needs, Links(none, none, none, none))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"offer": [5]}, "an offer that"),
        ({"need": [-1]}, "a need that"),
        ({"cost_m": [-3]}, "cost lies outside"),
    ],
)
def test_links_that_lead_nowhere_are_refused(change: dict[str, list[int]], words: str) -> None:
    problem = plain([1], [1], [[7]])
    links = replace(problem.links, **{k: np.array(v) for k, v in change.items()})
    with pytest.raises(BadProblem, match=words):
        replace(problem, links=links)


def test_tiers_have_a_sensible_number() -> None:
    with pytest.raises(BadProblem, match="tiers"):
        plain([1], [1], [[7]], Aims(tiers=0))


def test_packs_and_lots_make_it_no_flow() -> None:
    assert plain([1], [1], [[7]]).is_flow
    assert not plain([6], [1], [[7]], pack=3).is_flow
    assert not plain([6], [1], [[7]], lot=3).is_flow


def test_shortage_is_dearer_than_the_longest_link() -> None:
    assert plain([1], [1, 1], [[7, 90]]).shortage_m == 91
    assert plain([1], [1], [[7]], Aims(shortage_m=5)).shortage_m == 5


def test_only_what_expires_soon_is_waste() -> None:
    assert plain([1, 1], [1], [[7], [7]], keeps_s=[86_400, 10**9]).leftover_m.tolist() == [1000, 0]


def test_a_link_carries_no_more_than_either_end() -> None:
    assert plain([5], [3, 9], [[1, 1]]).capacity.tolist() == [3, 5]
