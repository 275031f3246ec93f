"""Two people at once on one pair, and asks that come in while a banner comes down."""

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict
from bihuan.spine.cases import actions, telling
from bihuan.spine.cases.banners import actions as banners
from bihuan.spine.cases.models import Case, Judgement, Merge, Pair
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.triage import triage_all
from bihuan.spine.cases.twins import judging
from bihuan.spine.messages.models import Message
from tests.faults.test_case_races import at_once, repeated
from tests.spine.cases.banners.area_of import ask, put_up
from tests.spine.cases.known import World, make_asker, make_case, make_user, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return make_world()


def pair_of(world: World) -> Pair:
    older, newer = make_case(world), make_case(world)
    return Pair.objects.create(older=older, newer=newer, strength=0.9, found_at=clock.now())


def test_two_who_take_pairs_at_once_never_get_the_same(world: World) -> None:
    for _ in range(6):
        pair_of(world)
    oona = make_user("oona", world.olga.role, world.city)
    outcome = at_once(
        lambda: judging.take_pairs(by=world.olga, count=3), lambda: judging.take_pairs(by=oona, count=3)
    )
    mine, theirs = ({pair.pk for pair in taken} for taken in outcome.done)  # type: ignore[attr-defined]
    assert not mine & theirs
    assert len(mine | theirs) == 6


@repeated
def test_of_two_judgements_at_once_one_stands_and_the_other_is_told(world: World) -> None:
    pair = pair_of(world)
    outcome = at_once(
        lambda: judging.judge(pair=pair, verdict=Judgement.SAME, by=world.olga),
        lambda: judging.judge(pair=pair, verdict=Judgement.OTHER, by=world.olga),
    )
    assert (len(outcome.done), len(outcome.refused)) == (1, 1)
    assert isinstance(outcome.refused[0], Conflict)
    pair.refresh_from_db()
    is_merged = Case.objects.get(pk=pair.newer_id).status == Status.MERGED
    assert is_merged == (pair.verdict == Judgement.SAME)


@repeated
def test_a_merge_is_taken_back_once(world: World) -> None:
    case, into = make_case(world), make_case(world)
    merged = actions.merge(case=case, into=into, by=world.olga)
    undo = [lambda: actions.unmerge(case=merged, by=world.olga)] * 2
    outcome = at_once(*undo)
    assert (len(outcome.done), len(outcome.refused)) == (1, 1)
    assert Merge.objects.filter(case=case, undone_at__isnull=False).count() == 1
    assert (case.askers.count(), into.askers.count()) == (1, 1)


@repeated
def test_an_ask_that_comes_while_the_banner_comes_down_is_told_or_has_its_own_case(world: World) -> None:
    banner = put_up(world, make_case(world, askers=0))
    asked = ask()
    at_once(triage_all, lambda: banners.take_down(banner=banner, by=world.olga))
    asked.refresh_from_db()
    is_caught = asked.asker.case_id == banner.case_id
    told = Message.objects.filter(template="banner_end", about=asked.receipt).count()
    assert told == int(is_caught)


def test_two_workers_tell_each_asker_once(world: World) -> None:
    case = make_case(world, askers=0)
    for _ in range(telling.AT_ONCE + 20):
        make_asker(case)
    telling.tell(case=case, template="accept")

    def go_on() -> None:
        while telling.tell_on(7):
            pass

    at_once(go_on, go_on)
    go_on()
    about = list(Message.objects.filter(template="accept").values_list("about", flat=True))
    assert len(about) == len(set(about)) == case.askers.count()
