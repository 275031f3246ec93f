"""My queue."""

from datetime import timedelta

import pytest

from bihuan.faces.desk.views import queue as page
from bihuan.kernel import clock
from bihuan.spine.cases.states import Status
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case

HTMX = {"hx-request": "true"}


def test_the_queue_is_in_the_order_of_what_is_due_next(world: World, sign_in: SignIn) -> None:
    later, sooner = (make_case(world, due_at=clock.now() + timedelta(hours=k)) for k in (2, 1))
    answer = sign_in(world.ben).get("/desk/")
    assert answer.context["cases"] == [sooner, later]


def test_a_late_case_says_by_how_much(world: World, sign_in: SignIn) -> None:
    make_case(world, due_at=clock.now() - timedelta(minutes=12, seconds=5))
    assert b"12 min late" in sign_in(world.ben).get("/desk/").content


def test_another_agencys_cases_are_not_there(world: World, sign_in: SignIn) -> None:
    make_case(world)
    assert sign_in(world.eve).get("/desk/").context["cases"] == []


def test_the_filter_is_in_the_address(world: World, sign_in: SignIn) -> None:
    make_case(world)
    held = make_case(world, Status.HOLD)
    assert sign_in(world.ben).get("/desk/?status=hold").context["cases"] == [held]


def test_only_what_is_waiting_for_the_own_agency_can_be_accepted(world: World, sign_in: SignIn) -> None:
    waiting = make_case(world)
    make_case(world, Status.ACCEPTED)
    assert sign_in(world.ben).get("/desk/").context["acceptable"] == {waiting.pk}
    assert sign_in(world.max).get("/desk/").context["acceptable"] == set()


def test_the_next_page_goes_on_where_the_last_ended(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PAGE", 2)
    cases = [make_case(world, askers=0, due_at=clock.now() + timedelta(minutes=k)) for k in range(1, 4)]
    client = sign_in(world.ben)
    more = client.get("/desk/").context["more"]
    answer = client.get(f"/desk/?{more}", headers=HTMX)
    assert answer.context["cases"] == cases[2:]
    assert b"<html" not in answer.content


def test_a_spoilt_cursor_shows_the_first_page(world: World, sign_in: SignIn) -> None:
    case = make_case(world)
    assert sign_in(world.ben).get("/desk/?after=zzz").context["cases"] == [case]


def test_changed_rows_are_given_when_they_belong_to_the_list(world: World, sign_in: SignIn) -> None:
    mine, held, foreign = (
        make_case(world),
        make_case(world, Status.HOLD),
        make_case(world, agency=world.water),
    )
    asked = f"{mine.pk},{held.pk},{foreign.pk},x,"
    text = sign_in(world.ben).get(f"/desk/rows/?status=waiting&cases={asked}").content.decode()
    assert f'id="case-{mine.pk}"' in text
    assert f'id="case-{held.pk}"' not in text and f'id="case-{foreign.pk}"' not in text


def test_a_number_beyond_all_bounds_finds_nothing(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get(f"/desk/rows/?cases={'9' * 40}").status_code == 200


def test_who_sees_no_case_is_shown_the_account(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.dan).get("/desk/")["Location"] == "/desk/me/"


def test_the_officer_can_be_read_off_the_row(world: World, sign_in: SignIn) -> None:
    make_case(world, Status.ACCEPTED, officer=world.ida)
    assert b"Ida" in sign_in(world.ben).get("/desk/").content
