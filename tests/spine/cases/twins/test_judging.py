"""Pairs before people: claims, judgements, and taking them back."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.http import Http404
from django.utils import translation

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import twins
from bihuan.spine.cases.models import Case, Judgement, Pair
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.twins import judging
from tests.spine.cases.known import World, make_case, make_user


def pair_of(world: World, strength: float = 0.9, **fields: object) -> Pair:
    older, newer = make_case(world), make_case(world, **fields)
    return Pair.objects.create(older=older, newer=newer, strength=strength, found_at=clock.now())


def second_operator(world: World) -> object:
    return make_user("oona", world.olga.role, world.city)


def _at(instant: datetime) -> Callable[[], datetime]:
    return lambda: instant


def test_the_likeliest_pair_comes_first_and_the_next_is_ready(world: World) -> None:
    pair_of(world, 0.5)
    likely, next_one = pair_of(world, 0.9), pair_of(world, 0.8)
    assert judging.take_pairs(by=world.olga, count=2) == [likely, next_one]


def test_two_people_at_once_get_different_pairs(world: World) -> None:
    first, second = pair_of(world), pair_of(world)
    oona = second_operator(world)
    assert judging.take_pairs(by=world.olga) == [first]
    assert judging.take_pairs(by=oona) == [second]
    assert judging.take_pairs(by=world.olga) == [first]


def test_a_claim_runs_out(world: World) -> None:
    pair = pair_of(world)
    judging.take_pairs(by=world.olga)
    later = clock.now() + timedelta(seconds=judging.CLAIMED_S + 1)
    with clock.running(_at(later)):
        assert judging.take_pairs(by=second_operator(world)) == [pair]


def test_the_same_is_merged_into_the_older(world: World) -> None:
    pair = pair_of(world)
    judging.judge(pair=pair, verdict=Judgement.SAME, by=world.olga)
    pair.newer.refresh_from_db()
    assert pair.newer.merged_into == pair.older


def test_what_somebody_is_at_work_on_stays(world: World) -> None:
    pair = pair_of(world, status=Status.WORKING)
    judging.judge(pair=pair, verdict=Judgement.SAME, by=world.olga)
    pair.older.refresh_from_db()
    assert pair.older.merged_into == pair.newer


def test_not_the_same_is_kept_with_its_event_and_not_suggested_on_the_case_page(world: World) -> None:
    pair = pair_of(world)
    judging.judge(pair=pair, verdict=Judgement.OTHER, by=world.olga)
    assert Event.objects.get(verb="not_twin").detail == {"other": pair.older_id}
    assert not judging.take_pairs(by=world.olga)
    assert twins.list_twins(pair.newer) == []


def test_whoever_is_second_is_told_who_was_first_and_what_they_said(world: World) -> None:
    pair = pair_of(world)
    judging.judge(pair=pair, verdict=Judgement.OTHER, by=world.olga)
    with translation.override("en"), pytest.raises(Conflict, match="Olga said “not the same” at"):
        judging.judge(pair=pair, verdict=Judgement.SAME, by=second_operator(world))
    assert Case.objects.filter(status=Status.MERGED).count() == 0


def test_a_merge_that_is_refused_leaves_the_pair_unjudged(world: World) -> None:
    pair = pair_of(world)
    Case.objects.filter(pk=pair.older_id).update(status=Status.RESOLVED)
    with pytest.raises(Refused):
        judging.judge(pair=pair, verdict=Judgement.SAME, by=world.olga)
    pair.refresh_from_db()
    assert (pair.verdict, pair.judged_by) == (Judgement.OPEN, None)


def test_whoever_may_not_merge_may_not_judge_the_same(world: World) -> None:
    with pytest.raises(Forbidden):
        judging.judge(pair=pair_of(world), verdict=Judgement.SAME, by=world.ben)


def test_there_are_two_judgements_and_no_more(world: World) -> None:
    with pytest.raises(Refused):
        judging.judge(pair=pair_of(world), verdict=Judgement.GONE, by=world.olga)


def test_a_pair_that_is_passed_over_rests_and_comes_again(world: World) -> None:
    pair = pair_of(world)
    judging.skip(pair=pair, by=world.olga)
    assert not judging.take_pairs(by=world.olga)
    with clock.running(_at(clock.now() + timedelta(seconds=judging.RESTS_S + 1))):
        assert judging.take_pairs(by=world.olga) == [pair]


@pytest.mark.parametrize("verdict", [Judgement.SAME, Judgement.OTHER])
def test_undo_takes_back_the_last_one_of_one_s_own(world: World, verdict: Judgement) -> None:
    pair = pair_of(world)
    before = Case.objects.filter(pk=pair.newer_id).values().get()
    judging.judge(pair=pair, verdict=verdict, by=world.olga)
    assert judging.undo(by=world.olga) == pair
    after = Case.objects.filter(pk=pair.newer_id).values().get()
    assert {**after, "changed_at": None} == {**before, "changed_at": None}
    pair.refresh_from_db()
    assert (pair.verdict, pair.judged_by, pair.claimed_by) == (Judgement.OPEN, None, world.olga)


def test_undo_again_goes_one_further_back(world: World) -> None:
    first, second = pair_of(world), pair_of(world)
    for pair in (first, second):
        judging.judge(pair=pair, verdict=Judgement.OTHER, by=world.olga)
    assert [judging.undo(by=world.olga), judging.undo(by=world.olga)] == [second, first]
    with pytest.raises(Refused):
        judging.undo(by=world.olga)


def test_nobody_takes_back_what_another_said(world: World) -> None:
    judging.judge(pair=pair_of(world), verdict=Judgement.OTHER, by=world.olga)
    with pytest.raises(Refused):
        judging.undo(by=second_operator(world))


def test_a_pair_of_another_office_is_not_there(world: World) -> None:
    pair = pair_of(world)
    with pytest.raises(Http404):
        judging.access_pair(world.eve, pair.pk)
    assert judging.access_pair(world.olga, pair.pk) == pair
    assert judging.list_pairs(world.eve, 10) == []
    assert judging.count_pairs(world.olga, 10) == 1
