"""Who reviews what, by which rules."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.lines.passes import desks
from bihuan.lines.passes.kinds import Goods, Lane
from bihuan.lines.passes.models import Desk
from tests.lines.passes.known import make_application, make_desk
from tests.spine.cases.known import World, make_agency


def test_goods_that_nobody_reviews_are_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        make_application()
    assert refused.value.code == "no_desk"


def test_an_application_waits_at_the_desk_of_its_goods_with_the_desks_promise(world: World) -> None:
    make_desk(world, promise_min=180)
    make_desk(world, "farm", agency=world.water, is_express=False, promise_min=60)
    medical, farm = make_application(), make_application(goods="farm")
    assert (medical.agency, medical.lane) == (world.grid, Lane.EXPRESS)
    assert (farm.agency, farm.lane) == (world.water, Lane.ORDINARY)
    assert farm.due_at == farm.applied_at + timedelta(hours=1) or farm.due_at - farm.applied_at < timedelta(
        minutes=61
    )


def test_a_pass_lasts_no_longer_than_the_desk_allows(world: World) -> None:
    make_desk(world, longest_h=12)
    with pytest.raises(Refused) as refused:
        make_application(valid_until=clock.now() + timedelta(hours=13))
    assert refused.value.field == "valid_until"


def test_goods_of_the_closed_loop_need_its_declaration(world: World) -> None:
    make_desk(world, needs_closed_loop=True)
    with pytest.raises(Refused) as refused:
        make_application(is_closed_loop=False)
    assert refused.value.field == "is_closed_loop"
    assert make_application(is_closed_loop=True).is_open


def test_only_whoever_may_sets_rules(world: World, desk: Desk) -> None:
    desk.daily_quota = 5
    with pytest.raises(Forbidden):
        desks.write(desk=desk, by=world.ben)
    desks.write(desk=desk, by=world.sam)
    assert Desk.objects.get(pk=desk.pk).daily_quota == 5


def test_every_class_of_goods_gets_its_desk_once(world: World) -> None:
    make_agency("health", "卫健局", "Health")
    make_agency("transport", "交通局", "Transport")
    assert desks.ensure() == len(Goods)
    assert desks.ensure() == 0
    assert desks.desk_of("medical").agency.code == "health"
    assert desks.desk_of("energy").agency.code == "transport"
