"""Whom a drill calls, and who may know what came of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden
from bihuan.spine.accounts.models import Agency, Role, User
from bihuan.spine.cases import drilling
from bihuan.spine.messages.models import Called, Drill
from bihuan.spine.resources.models import Duty, Shift
from tests.spine.cases.known import World, make_user, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def ada(world: World) -> User:
    return make_user("ada", Role.objects.get(code="administrator"), None)


def on_duty(person: User, agency: Agency, duty: Duty = Duty.OFFICER, hours: int = 8) -> Shift:
    now = clock.now()
    return Shift.objects.create(
        agency=agency,
        person=person,
        duty=duty,
        from_at=now - timedelta(hours=1),
        until_at=now + timedelta(hours=hours),
    )


def _start(by: User, agency: Agency | None) -> Drill:
    return drilling.start(by=by, agency=agency, channels=["screen"], window_min=5)


def test_those_on_duty_now_are_called_once_each_and_nobody_else(world: World) -> None:
    on_duty(world.ben, world.grid)
    on_duty(world.sam, world.crew, Duty.SUPERVISOR)
    on_duty(world.eve, world.water)
    past = on_duty(world.ida, world.grid)
    Shift.objects.filter(pk=past.pk).update(until_at=clock.now() - timedelta(minutes=1))
    drill = _start(world.sam, world.grid)
    assert set(Called.objects.filter(drill=drill).values_list("person__username", flat=True)) == {
        "ben",
        "sam",
    }


def test_a_closed_account_is_not_called(world: World, ada: User) -> None:
    on_duty(world.ben, world.grid)
    on_duty(world.ida, world.grid)
    User.objects.filter(pk=world.ida.pk).update(is_active=False)
    drill = _start(ada, None)
    assert [one.person for one in Called.objects.filter(drill=drill)] == [world.ben]


def test_only_whoever_keeps_the_rota_starts_a_drill(world: World, ada: User) -> None:
    on_duty(world.ben, world.grid)
    for by, agency in (
        (world.ben, world.grid),
        (world.max, world.grid),
        (world.sam, world.water),
        (world.sam, None),
    ):
        with pytest.raises(Forbidden):
            _start(by, agency)
    _start(world.sam, world.grid)
    _start(ada, None)
    assert Drill.objects.count() == 2


def test_who_may_see_a_drill_and_who_may_read_names(world: World, ada: User) -> None:
    on_duty(world.ben, world.grid)
    drill = _start(world.sam, world.grid)
    sight = {
        person.username: (drilling.visible_drills(person).exists(), drilling.may_name(person, drill))
        for person in (world.sam, world.max, ada, world.ben, world.eve, world.olga, world.dan)
    }
    assert sight == {
        "sam": (True, True), "max": (True, False), "ada": (True, True), "ben": (False, False),
        "eve": (False, False), "olga": (False, False), "dan": (False, False),
    }  # fmt: skip
    with pytest.raises(Http404):
        drilling.access_drill(world.ben, drill.pk)


def test_the_citys_drill_is_not_an_agencys(world: World, ada: User) -> None:
    on_duty(world.ben, world.grid)
    drill = _start(ada, None)
    assert not drilling.visible_drills(world.sam).exists() and not drilling.may_name(world.sam, drill)
    with pytest.raises(Forbidden):
        drilling.stop(drill=drill, by=world.sam)
    drilling.stop(drill=drill, by=ada)


def test_a_neighbour_whose_path_begins_alike_is_not_called(world: World, settings: Any) -> None:
    alike = Agency(code="gridlock", name_zh="别的", parent=world.city)
    alike.place_under_parent()
    alike.save()
    on_duty(world.ben, world.grid)
    on_duty(world.eve, alike)
    assert [one.person for one in drilling.on_duty_in(world.grid.path)] == [world.ben]


def test_a_scope_has_a_name(world: World) -> None:
    assert drilling.scope_name(world.grid.path) == world.grid.name
    assert drilling.scope_name("/") in {"the whole city", "全市"}
