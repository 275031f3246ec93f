"""The form of a timeline."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from bihuan.faces.desk import periods
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from tests.spine.cases.known import NOON


def test_without_words_it_is_the_last_day() -> None:
    with clock.running(lambda: NOON):
        window = periods.read(QueryDict())
    assert window.until_at - window.from_at == timedelta(days=1)
    assert NOON < window.until_at <= NOON + timedelta(minutes=1)


@pytest.mark.parametrize(
    "address",
    [
        "from=2026-11-23T08%3A00&until=2026-11-24T08%3A00",
        "from=2026-11-23T08%3A00&until=2026-11-24T08%3A00&agency=1&agency=7&service=3&kind=clock&kind=case",
    ],
)
def test_a_window_is_written_as_it_is_read(address: str) -> None:
    assert periods.address(periods.read(QueryDict(address))) == address


def test_times_of_the_form_are_the_citys() -> None:
    window = periods.read(QueryDict("from=2026-11-23T12:00&until=2026-11-23T13:00"))
    assert window.from_at == NOON


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(Refused):
        periods.read(QueryDict("from=soon"))
