"""Samples of invented asks, closed Cases made of them, and nothing kept from another test."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bihuan.spine.cases.learning import suggesting
from bihuan.spine.cases.learning.material import Sample

WAYS = {
    "power_failure": ("{n}栋停电了，灯不亮", "no power in block {n}, lights are out", "跳闸了没有电"),
    "water": ("{n}栋没水了，水管爆裂", "no water, a pipe burst in block {n}", "水压很低"),
    "medicine": ("需要降压药，只剩{n}天", "out of insulin in {n} days", "帮忙买药"),
}
OWNERS = {"power_failure": "grid", "water": "water", "medicine": "water"}
BEGAN = datetime(2026, 11, 1, tzinfo=UTC)


def make_samples(count: int, seed: int = 1) -> list[Sample]:
    """Return asks of three services, by as many askers, one an hour."""
    rng = Random(seed)
    made = []
    for at in range(count):
        service = rng.choice(sorted(WAYS))
        text = rng.choice(WAYS[service]).format(n=rng.randint(2, 30))
        opened_at = BEGAN + timedelta(hours=at)
        made.append(
            Sample(text, rng.choice(["430211", ""]), service, OWNERS[service], f"asker {at}", opened_at)
        )
    return made


@pytest.fixture
def samples() -> list[Sample]:
    return make_samples(150)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    suggesting.forget()
    yield
    suggesting.forget()
