"""Merges and banners as rows."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from bihuan.kernel import clock
from bihuan.spine.cases.models import Banner, Case, Merge, Telling
from tests.spine.cases.known import World, make_case


def test_a_banner_speaks_the_reader_s_language_and_chinese_where_it_has_no_other() -> None:
    banner, plain = Banner(words_zh="停电", words_en="No power"), Banner(words_zh="停电")
    with translation.override("en"):
        assert (banner.words, plain.words) == ("No power", "停电")
    with translation.override("zh-hans"):
        assert banner.words == "停电"


def test_a_case_is_merged_once_at_a_time(world: World) -> None:
    case, into = make_case(world), make_case(world)
    merged = {"case": case, "into": into, "before": {}, "at": clock.now()}
    first = Merge.objects.create(**merged)
    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.create(**merged)
    Merge.objects.filter(pk=first.pk).update(undone_at=clock.now())
    Merge.objects.create(**merged)


def test_a_telling_speaks_of_the_agency_of_its_day(world: World) -> None:
    case = make_case(world)
    telling = Telling(case=case, agency=world.water, template="accept", upto=1, begun_at=clock.now())
    assert telling.as_case().agency == world.water
    assert Case.objects.get(pk=case.pk).agency == world.grid
