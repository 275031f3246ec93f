"""Who gets in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from bihuan.spine.accounts.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission
from tests.spine.cases.known import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@staff(Permission.TRIAGE, Permission.BOARD)
def _page(request: StaffRequest) -> HttpResponse:
    return HttpResponse(str(request.user))


def _ask(user: object) -> object:
    request = RequestFactory().get("/desk/")
    request.user = user  # type: ignore[assignment]
    return _page(request)


def test_one_of_the_permissions_is_enough(world: World) -> None:
    assert _ask(world.olga).status_code == 200  # type: ignore[attr-defined]


def test_without_any_of_them_the_page_is_closed(world: World) -> None:
    with pytest.raises(PermissionDenied):
        _ask(world.ben)


def test_nobody_is_sent_to_sign_in() -> None:
    answer = _ask(AnonymousUser())
    assert (answer.status_code, "/staff/login" in answer["Location"]) == (302, True)  # type: ignore[attr-defined, index]


def test_a_closed_account_is_kept_out(world: World) -> None:
    world.olga.is_active = False
    with pytest.raises(PermissionDenied):
        _ask(world.olga)


def test_the_next_at_a_shared_desk_finds_nothing_by_going_back(world: World) -> None:
    assert "no-store" in _ask(world.olga)["Cache-Control"]  # type: ignore[index]
