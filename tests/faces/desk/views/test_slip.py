"""The slip of paper."""

import pytest
from django.test import Client

from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, Visit
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def case(world: World) -> Case:
    return actions.resolve(case=make_case(world, Status.WORKING), by=world.ben, reply="done")


def address(case: Case) -> str:
    return f"/desk/case/{case.pk}/slip/{case.askers.get().pk}/"


def test_an_operator_gets_a_square_once(world: World, case: Case, client: Client) -> None:
    client.force_login(world.olga)
    shown = client.post(address(case))
    assert shown.status_code == 200
    assert b"<svg" in shown.content
    assert Visit.objects.get(case=case).channel == "paper"
    assert client.get(address(case)).status_code == 405


def test_the_officer_who_did_the_work_gets_none(case: Case, world: World, client: Client) -> None:
    client.force_login(world.ben)
    assert client.post(address(case)).status_code == 403


def test_a_stranger_to_the_case_is_not_its_asker(case: Case, world: World, client: Client) -> None:
    client.force_login(world.olga)
    other = make_case(world).askers.get()
    assert client.post(f"/desk/case/{case.pk}/slip/{other.pk}/").status_code == 404
