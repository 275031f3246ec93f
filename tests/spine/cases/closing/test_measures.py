"""The rules of exclusion, and that each rate is made of measures."""

import pytest

from bihuan.spine.cases.closing.measures import (
    EXCLUSIONS,
    MEASURES,
    RATES,
    THREE,
    is_counted,
    is_excluded_by,
)
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import NOON, World, make_case


def test_each_rate_is_a_part_of_a_whole_that_is_counted() -> None:
    assert {rate.part for rate in RATES} | {rate.whole for rate in RATES} <= set(MEASURES)
    assert set(THREE) <= {rate.code for rate in RATES}


def test_a_case_is_left_out_under_the_first_rule_that_fits(world: World) -> None:
    make_case(world, Status.DECLINED, is_self_raised=True, unreachable_at=NOON)
    fits = [rule.code for rule in EXCLUSIONS if Case.objects.filter(is_excluded_by(rule.code)).exists()]
    assert fits == ["declined"]
    assert not Case.objects.filter(is_counted()).exists()


def test_a_rule_that_is_none_is_said_to_be_none() -> None:
    with pytest.raises(KeyError):
        is_excluded_by("nothing")


@pytest.mark.parametrize("status", [Status.HOLD, Status.SHELVED])
def test_a_clock_that_stands_still_has_missed_nothing(world: World, status: Status) -> None:
    case = make_case(world, status, resolve_by=NOON.replace(year=2020))
    assert not Case.objects.filter(MEASURES["resolve_due"](NOON), pk=case.pk).exists()
    Case.objects.filter(pk=case.pk).update(status=Status.WORKING)
    assert Case.objects.filter(MEASURES["resolve_due"](NOON), pk=case.pk).exists()
