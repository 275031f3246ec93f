"""What the desk's templates need."""

from datetime import timedelta

import pytest
from django.utils import translation

from bihuan.faces.desk.templatetags import desk
from bihuan.kernel import clock
from bihuan.spine.audit.models import Event
from tests.spine.cases.known import NOON


@pytest.fixture(autouse=True)
def _at_noon_in_english() -> object:
    with translation.override("en"), clock.running(lambda: NOON):
        yield


def test_a_case_is_named_by_its_number() -> None:
    assert desk.number(1042) == "No. 1042"
    with translation.override("zh-hans"):
        assert "1042" in desk.number(1042)


def test_a_promise_carries_words_tone_and_the_exact_moment() -> None:
    drawn = desk.due(NOON - timedelta(minutes=12))
    assert 'data-tone="late"' in drawn and "12 min late" in drawn and 'title="11-23 11:48"' in drawn


def test_no_promise_says_so() -> None:
    assert "no clock running" in desk.due(None)


def test_a_past_moment_says_how_long_ago_it_was_when_asked() -> None:
    assert 'title="1 day ago"' in desk.moment(NOON - timedelta(days=1))


def test_no_moment_is_a_dash() -> None:
    assert desk.moment(None) == "—"


def test_every_event_has_words() -> None:
    assert desk.verb(Event(verb="accept")) == "Accept"
    assert desk.verb(Event(verb="reveal")) == "Read personal data"
    assert desk.verb(Event(verb="new_one")) == "new_one"


def test_bytes_are_written_as_people_compare_them() -> None:
    assert desk.in_hex(memoryview(b"\x00\xff")) == "00ff"


def test_what_is_not_in_a_mapping_is_nothing() -> None:
    assert desk.get({1: "a"}, 2) is None
