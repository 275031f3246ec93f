"""Complaint, praise, question."""

import pytest

from bihuan.lines.requests.catalogue.voice import SERVICES
from bihuan.spine.cases.promises.standard import LEVELS

pytestmark = pytest.mark.once


def test_words_are_all_that_is_needed_to_say_something() -> None:
    assert all("text" in spec.needs and "place" not in spec.needs for spec in SERVICES)


def test_offices_answer_words_in_working_hours() -> None:
    counted_by = {LEVELS[spec.urgency, spec.priority].calendar for spec in SERVICES}
    assert counted_by == {"working"}
