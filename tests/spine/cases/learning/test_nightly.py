"""When the night's training begins."""

from datetime import UTC, datetime, timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.cases.learning import nightly
from bihuan.spine.cases.learning.nightly import Night, is_due, last_beginning

NIGHT = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)  # half past three at night in Shanghai


@pytest.fixture(autouse=True)
def _at_ten_past_three(settings: object) -> None:
    settings.BIHUAN_TRAIN_AT = "03:10"  # type: ignore[attr-defined]


def test_it_begins_at_the_local_hour_that_is_set() -> None:
    begins = last_beginning(NIGHT)
    assert begins is not None
    assert begins.astimezone(UTC) == datetime(2026, 11, 23, 19, 10, tzinfo=UTC)
    assert last_beginning(NIGHT - timedelta(hours=1)) == begins - timedelta(days=1)


def test_no_hour_means_never(settings: object) -> None:
    settings.BIHUAN_TRAIN_AT = ""  # type: ignore[attr-defined]
    assert last_beginning(NIGHT) is None


@pytest.mark.django_db
def test_it_is_due_once_a_night_for_one_worker() -> None:
    with clock.running(lambda: NIGHT - timedelta(hours=5)):
        assert not is_due()
    with clock.running(lambda: NIGHT):
        assert is_due()
        assert not is_due()
    with clock.running(lambda: NIGHT + timedelta(days=1)):
        assert is_due()


@pytest.mark.django_db
def test_a_training_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nightly, "COMMAND", ("sleep", "60"))
    monkeypatch.setattr(nightly, "LONGEST_S", 0)
    night = Night()
    with clock.running(lambda: NIGHT - timedelta(hours=5)):
        night.step()
    with clock.running(lambda: NIGHT):
        assert night.step() == 1
        process = night._running
        assert process is not None
        assert night.step() == 0
    assert process.poll() is not None
