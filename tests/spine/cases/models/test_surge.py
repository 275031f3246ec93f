"""Sheddings and answers of many deeds as rows."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from bihuan.spine.cases.models.surge import Answered, BulkAnswer, Shedding
from tests.spine.cases.known import NOON, World, make_case, make_service


def test_a_shedding_speaks_the_readers_language_and_chinese_where_it_has_no_other() -> None:
    with translation.override("en"):
        assert Shedding(words_zh="先救人", words_en="Lives first").words == "Lives first"
        assert Shedding(words_zh="先救人").words == "先救人"


def test_a_service_is_shed_once_at_a_time(world: World) -> None:
    row = {"service": make_service("parcel"), "words_zh": "x", "from_at": NOON, "made_by": world.max}
    first = Shedding.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shedding.objects.create(**row)
    Shedding.objects.filter(pk=first.pk).update(ended_at=NOON)
    Shedding.objects.create(**row)


def test_one_request_answers_for_a_case_once(world: World) -> None:
    row = {
        "key": "k",
        "by": world.ben,
        "case": make_case(world),
        "verb": "note",
        "outcome": Answered.DONE,
        "at": NOON,
    }
    BulkAnswer.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        BulkAnswer.objects.create(**row)
    BulkAnswer.objects.create(**{**row, "key": "other"})
