import numpy as np
import pytest

from bihuan.engines.matching import Needs, Offers, Plan, Problem, check, cost_of, link
from bihuan.engines.matching.check import transport_m
from tests.engines.matching.made import plain


def plan(*matches: tuple[int, int, int]) -> Plan:
    return Plan(*np.array(matches, np.int64).reshape(-1, 3).T)


def broken(problem: Problem, *matches: tuple[int, int, int]) -> set[str]:
    return {violation.rule for violation in check(problem, plan(*matches))}


@pytest.mark.parametrize(
    ("more", "match", "rule"),
    [
        ({}, (0, 0, 11), "more than is offered"),
        ({}, (0, 1, 6), "more than is lacking"),
        ({}, (0, 0, 0), "nothing is brought"),
        ({"pack": 3}, (0, 0, 4), "a pack is opened"),
        ({"lot": 3}, (0, 0, 2), "too small a lot"),
        ({"kind": 1}, (0, 0, 2), "wrong kind"),
        ({"earmark": 1}, (0, 0, 2), "meant for somebody else"),
        ({"keeps_s": -1}, (0, 0, 2), "spoils before it is used"),
    ],
)
def test_each_rule_is_seen_to(more: dict[str, int], match: tuple[int, int, int], rule: str) -> None:
    problem = plain([10], [20, 5], [[1, 1]], **more)
    assert rule in broken(problem, match)


def test_cold_goods_in_the_warm_are_seen() -> None:
    problem = plain([10], [20], [[1]], is_cold=True)
    problem.needs.can_cool[:] = False
    assert broken(problem, (0, 0, 1)) == {"not kept cold"}


def test_a_match_without_link_and_one_twice_are_seen() -> None:
    offers, needs = Offers.of([9, 9], kind=[0, 1]), Needs.of([9], kind=[0])
    problem = Problem(offers, needs, link(offers, needs))
    assert broken(problem, (1, 0, 1)) == {"no link", "wrong kind"}
    assert broken(problem, (0, 0, 1), (0, 0, 1)) == {"twice in the plan"}
    with pytest.raises(KeyError):
        cost_of(problem, plan((1, 0, 1)))


def test_a_plan_that_keeps_the_rules_has_no_violation() -> None:
    assert check(plain([10], [20, 5], [[1, 1]], pack=5), plan((0, 0, 5), (0, 1, 5))) == []


def test_cost_is_transport_shortage_and_waste() -> None:
    problem = plain([10], [4], [[7]], keeps_s=3600)
    # Two are missing in slices at 8 and 16 metres; eight are left and spoil.
    assert transport_m(problem, plan((0, 0, 2))) == 14
    assert cost_of(problem, plan((0, 0, 2))) == 14 + 8 * 2 + 8 * 3 + 8 * 1000


def test_the_words_name_who_and_what() -> None:
    found = check(plain([1], [5], [[1]]), plan((0, 0, 3)))
    assert [v.words for v in found] == ["offer 1: 3 of 1"]
