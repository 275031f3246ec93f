"""Numbers and quotas."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.ids import check_digit
from bihuan.lines.passes.models import QuotaDay, Serial
from bihuan.lines.passes.numbering import take_numbers, take_quota, typed_code

TODAY = clock.now().date()


def test_numbers_of_a_county_follow_each_other(db: None) -> None:
    assert take_numbers("430202", 2) == ["430202000001", "430202000002"]
    assert take_numbers("430202", 1) == ["430202000003"]
    assert take_numbers("430203", 1) == ["430203000001"]


def test_when_a_countys_million_is_used_up_the_citys_own_goes_on(db: None) -> None:
    Serial.objects.create(area="430202", last=999_999)
    with transaction.atomic():
        assert take_numbers("430202", 1) == ["430200000001"]
    Serial.objects.filter(area="430200").update(last=999_999)
    with pytest.raises(Refused) as refused:
        take_numbers("430202", 1)
    assert refused.value.code == "numbers"


def test_without_a_quota_all_are_given(db: None) -> None:
    assert take_quota("medical", TODAY, None, 7) == 7
    assert not QuotaDay.objects.exists()


def test_of_the_last_places_so_many_are_given_as_there_are(db: None) -> None:
    assert [take_quota("medical", TODAY, 5, 3) for _ in range(3)] == [3, 2, 0]


def test_a_quota_made_smaller_takes_nothing_back(db: None) -> None:
    take_quota("medical", TODAY, 5, 4)
    assert take_quota("medical", TODAY, 2, 1) == 0
    assert take_quota("medical", TODAY, 6, 9) == 2


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_what_is_typed_carries_its_check_digit(number: str) -> None:
    area, serial, check = typed_code(number).split()
    assert area + serial == number
    assert check == check_digit(number)
