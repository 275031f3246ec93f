"""``bihuan train``."""

from io import StringIO

import pytest
from django.core.management import call_command

from bihuan.spine.cases.management.commands.train import line
from bihuan.spine.cases.models import Learnt


@pytest.mark.django_db
def test_it_says_when_there_are_too_few_cases() -> None:
    out = StringIO()
    call_command("train", stdout=out)
    assert "Too few cases to learn from: 0" in out.getvalue()


def test_a_training_is_told_in_one_line() -> None:
    learnt = Learnt(
        what="service", case_count=500, held_back=100, right_first=80, right_in_three=95, right_always=30
    )
    assert line(learnt) == (
        "service: 500 cases, 100 held back; right 80.0 %, among three 95.0 %, always the commonest 30.0 %"
    )
