import numpy as np
import pytest

from bihuan.engines.matching import Needs, Offers, link
from bihuan.engines.matching.links import NO_WAY


def pairs(offers: Offers, needs: Needs, **more: object) -> list[tuple[int, int]]:
    links = link(offers, needs, **more)
    return sorted(zip(links.offer.tolist(), links.need.tolist(), strict=True))


def test_a_kind_goes_to_its_own_kind() -> None:
    assert pairs(Offers.of([1, 1], kind=[0, 1]), Needs.of([1, 1], kind=[1, 0])) == [(0, 1), (1, 0)]


def test_a_substitute_stands_in_at_its_price() -> None:
    offers, needs = Offers.of([1], kind=[1]), Needs.of([1], kind=[0])
    assert pairs(offers, needs) == []
    assert link(offers, needs, {(0, 1): 700}).cost_m.tolist() == [700]


def test_cold_goods_go_where_they_stay_cold() -> None:
    assert pairs(Offers.of([1], is_cold=True), Needs.of([1, 1], can_cool=[False, True])) == [(0, 1)]


def test_what_is_meant_for_somebody_goes_to_nobody_else() -> None:
    assert pairs(Offers.of([1, 1], earmark=[1, -1]), Needs.of([1, 1])) == [(0, 1), (1, 0), (1, 1)]


def test_what_spoils_before_it_is_used_is_not_brought() -> None:
    offers, needs = Offers.of([1], keeps_s=86_400), Needs.of([1, 1], use_s=[86_400, 86_401])
    assert pairs(offers, needs) == [(0, 0)]


def test_metres_are_those_of_the_globe_and_a_third_more() -> None:
    links = link(Offers.of([1], lon=113.0, lat=27.0), Needs.of([1], lon=113.0, lat=28.0))
    assert links.cost_m[0] == pytest.approx(111_195 * 1.3, abs=2)
    assert links.arrive_s[0] == pytest.approx(links.cost_m[0] * 3.6 / 25, abs=1)


def test_each_need_and_each_offer_keeps_its_cheapest_links() -> None:
    offers = Offers.of([1, 1, 1], lon=[113.0, 113.1, 113.9])
    needs = Needs.of([1, 1], lon=[113.0, 113.12])
    assert pairs(offers, needs, nearest=1) == [(0, 0), (1, 1), (2, 1)]


def test_nothing_is_linked_to_nothing() -> None:
    assert pairs(Offers.of([]), Needs.of([1])) == []


def test_road_times_replace_the_straight_way_and_no_way_is_no_link() -> None:
    seconds = np.array([[0, 600, NO_WAY], [NO_WAY, NO_WAY, 36]], np.uint16)
    links = link(Offers.of([1, 1]), Needs.of([1, 1, 1]), road_s=seconds)
    found = zip(links.offer.tolist(), links.need.tolist(), links.arrive_s.tolist(), strict=True)
    assert sorted(found) == [(0, 0, 0), (0, 1, 600), (1, 2, 36)]
    assert sorted(links.cost_m.tolist()) == [0, 250, 600 * 25 / 3.6 // 1 + 1]


def test_what_would_spoil_on_the_road_is_not_brought() -> None:
    offers = Offers.of([1], keeps_s=599)
    assert len(link(offers, Needs.of([1]), road_s=np.array([[600]], np.uint16))) == 0
    assert len(link(offers, Needs.of([1]), road_s=np.array([[599]], np.uint16))) == 1
