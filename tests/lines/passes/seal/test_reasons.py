"""The reasons are words for machines, and none is about anybody's health."""

import pytest

from bihuan.lines.passes.seal.reasons import Light, Reason, Unreadable

pytestmark = pytest.mark.once


def test_what_is_unreadable_says_why() -> None:
    assert Unreadable(Reason.TRUNCATED).reason is Reason.TRUNCATED


def test_no_reason_touches_health() -> None:
    words = {part for reason in Reason for part in reason.value.split("_")}
    assert not words & {"health", "test", "nucleic", "code", "fever", "positive", "ill", "risk"}


def test_there_are_three_answers() -> None:
    assert [light.value for light in Light] == ["pass", "ask", "refuse"]
