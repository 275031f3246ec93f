"""Pairs written down as Cases come in, at the same cost for each whatever their number."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import clock
from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, Judgement, Pair
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.twins import pairing
from bihuan.spine.places.models import District, Site
from tests.spine.cases.known import PHONE, World, make_case
from tests.spine.cases.twins.town import OTHER_PHONE, case_of, place

WORDS = "整栋楼停电两个小时了，有人在家吸氧"


def find() -> None:
    seal_all()
    while pairing.find_pairs():
        pass


def pairs(verdict: str = Judgement.OPEN) -> set[tuple[int, int]]:
    return set(Pair.objects.filter(verdict=verdict).values_list("older_id", "newer_id"))


def test_a_new_case_is_paired_with_what_it_may_be_the_same_as(world: World) -> None:
    first, second = case_of(world, PHONE), case_of(world, PHONE)
    case_of(world, OTHER_PHONE)
    find()
    assert pairs() == {(first.pk, second.pk)}
    assert Pair.objects.get().signs == [{"kind": "phone"}]


def test_finding_again_finds_nothing_more(world: World) -> None:
    case_of(world, PHONE), case_of(world, PHONE)
    find()
    found = pairs()
    assert pairing.find_pairs() == 0
    assert pairs() == found


def test_a_worker_that_died_before_it_wrote_loses_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = case_of(world, PHONE), case_of(world, PHONE)
    seal_all()
    with monkeypatch.context() as patch:
        patch.setattr(pairing, "_reopen", lambda numbers: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            pairing.find_pairs()
    assert not pairs()
    find()
    assert pairs() == {(first.pk, second.pk)}


def test_many_look_alikes_are_each_paired_with_the_eldest_alone(world: World) -> None:
    cases = [case_of(world, summary=WORDS, **place(number)) for number in range(40)]
    find()
    assert pairs() == {(cases[0].pk, other.pk) for other in cases[1:]}


def test_the_cost_of_a_case_does_not_grow_with_its_look_alikes(world: World) -> None:
    def statements() -> int:
        case_of(world, summary=WORDS, **place(0))
        seal_all()
        with CaptureQueriesContext(connection) as captured:
            pairing.find_pairs()
        return len(captured)

    statements()
    few = statements()
    now = clock.now()
    Case.objects.bulk_create(
        Case(service=world.service, agency=world.grid, status=Status.WAITING, channel="web", summary=WORDS,
             opened_at=now, changed_at=now, **place(0))
        for _ in range(300)
    )  # fmt: skip
    assert statements() <= few + 2
    assert Pair.objects.count() <= 3 * pairing.KEPT


def test_a_case_gets_at_most_a_few_pairs(world: World) -> None:
    # Apart from each other by more than a day, so that none of the first follows another.
    now = clock.now()
    for day in range(6):
        case_of(world, PHONE, opened_at=now - timedelta(days=2 * day))
    find()
    per_newer = [Pair.objects.filter(newer=case).count() for case in Case.objects.all()]
    assert max(per_newer) <= pairing.KEPT


def test_pairs_go_when_one_of_them_ends_and_come_back_with_it(world: World) -> None:
    first, second = make_case(world, Status.WORKING), case_of(world, PHONE)
    Pair.objects.create(older=first, newer=second, strength=0.9, found_at=clock.now())
    actions.resolve(case=first, by=world.ben, reply="done")
    find()
    assert pairs() == set()
    assert pairs(Judgement.GONE) == {(first.pk, second.pk)}
    first.refresh_from_db()
    actions.reopen(case=first, by=world.olga, reason="still dark")
    find()
    assert pairs() == {(first.pk, second.pk)}


def test_what_was_judged_not_the_same_is_never_suggested_again(world: World) -> None:
    first, second = case_of(world, PHONE), case_of(world, PHONE)
    Pair.objects.create(
        older=first, newer=second, strength=0.9, found_at=clock.now(), verdict=Judgement.OTHER
    )
    find()
    assert pairs() == set()
    assert Pair.objects.count() == 1


def test_the_followers_of_a_merged_case_follow_the_one_that_stays(world: World) -> None:
    cases = [case_of(world, summary=WORDS, **place(number)) for number in range(4)]
    find()
    far = make_case(world)
    actions.merge(case=cases[0], into=far, by=world.olga)
    find()
    assert {frozenset(pair) for pair in pairs()} == {frozenset((other.pk, far.pk)) for other in cases[1:]}


def test_two_cases_make_one_pair_the_older_first(world: World) -> None:
    first, second = make_case(world), make_case(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pair.objects.create(older=second, newer=first, strength=1, found_at=clock.now())
    Pair.objects.create(older=first, newer=second, strength=1, found_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Pair.objects.create(older=first, newer=second, strength=1, found_at=clock.now())


def test_a_case_that_is_put_elsewhere_is_held_against_what_is_there(world: World) -> None:
    there = place(3000)
    site = Site.objects.create(
        code="s", name_zh="银杏", kind="compound", district=District.objects.create(code="1", name_zh="天元区"),
        lon=there["lon"], lat=there["lat"],
    )  # fmt: skip
    first, second = case_of(world, summary=WORDS, **there), case_of(world, summary=WORDS, **place(0))
    find()
    assert not pairs()
    actions.relocate(case=second, by=world.olga, site=site)
    find()
    assert pairs() == {(first.pk, second.pk)}
