"""Who may see which passes; the queue; finding."""

from datetime import timedelta

import pytest
from django.http import Http404

from bihuan.kernel import clock
from bihuan.kernel.ids import check_digit
from bihuan.lines.passes import queries, reviewing
from bihuan.lines.passes.kinds import Lane
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.queries import After
from bihuan.lines.passes.states import Status
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from tests.lines.passes.known import make_desk, make_pass
from tests.spine.cases.known import World, make_user

HOUR = timedelta(hours=1)


@pytest.fixture
def pia(world: World) -> User:
    """At the one-stop desk."""
    return make_user("pia", write_roles()["reviewer"], world.water)


def test_a_pass_of_another_desk_is_not_there(world: World) -> None:
    row = make_pass(world)
    assert queries.access_pass(world.ben, row.pk) == row
    for who in (world.eve, world.dan, world.olga):
        with pytest.raises(Http404):
            queries.access_pass(who, row.pk)


def test_the_one_stop_desk_and_the_commander_see_every_pass(world: World, pia: User) -> None:
    row = make_pass(world)
    assert queries.access_pass(pia, row.pk) == queries.access_pass(world.max, row.pk) == row


def test_the_express_lane_comes_first_then_what_is_due_first(world: World, pia: User) -> None:
    now = clock.now()
    late = make_pass(world, due_at=now - HOUR)
    soon = make_pass(world, due_at=now + HOUR, agency=world.water)
    express = make_pass(world, due_at=now + 3 * HOUR, lane=Lane.EXPRESS)
    assert queries.list_queue(pia).rows == [express, late, soon]


def test_pages_follow_each_other_without_gap_or_repeat(world: World, pia: User) -> None:
    due = clock.now() + HOUR
    rows = [make_pass(world, due_at=due + HOUR * (n % 2), lane="ab"[n % 3 > 0]) for n in range(11)]
    seen: list[Pass] = []
    after = None
    while True:
        page = queries.list_queue(pia, after=after, limit=3)
        seen += page.rows
        if not page.following:
            break
        after = After.parse(page.following)
    assert seen == sorted(rows, key=lambda row: (row.lane, row.due_at, row.pk))


def test_an_officer_sees_the_queues_of_all_desks_below_in_one_order(world: World) -> None:
    make_desk(world)
    make_desk(world, "farm", agency=world.crew)
    now = clock.now()
    rows = [make_pass(world, due_at=now + n * HOUR, agency=(world.grid, world.crew)[n % 2]) for n in range(4)]
    make_pass(world, agency=world.water)
    assert queries.list_queue(world.ben).rows == rows
    assert [len(queries.list_queue(world.ben, agency=one).rows) for one in (world.grid, world.crew)] == [2, 2]


def test_what_a_colleague_has_before_them_is_left_out_when_free_ones_are_asked_for(world: World) -> None:
    make_desk(world)
    mine, theirs = make_pass(world), make_pass(world)
    reviewing.deal(pass_ids=[theirs.pk], by=world.ida)
    assert queries.list_queue(world.ben, is_free=True).rows == [mine]
    assert len(queries.list_queue(world.ben).rows) == 2


def test_whoever_looked_first_is_not_offered_the_second_look(world: World) -> None:
    make_desk(world)
    row = make_pass(world, Status.SECOND, first_by=world.ben)
    assert queries.list_queue(world.ben, Status.SECOND).rows == []
    assert queries.list_queue(world.ida, Status.SECOND).rows == [row]


@pytest.mark.parametrize("text", ["", "a", "a_b_c", "a_1e999_1", "a_nan_1", "a_1_2_3"])
def test_a_place_that_nobody_wrote_is_none(text: str) -> None:
    assert After.parse(text) is None


def test_the_tabs_are_counted_for_ones_own_desk(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    make_desk(world)
    for status in (Status.APPLIED, Status.APPLIED, Status.ASKED, Status.ISSUED):
        make_pass(world, status)
    make_pass(world, agency=world.water)
    assert queries.count_queue(world.ben) == {"review": 2, "second": 0, "asked": 1}
    monkeypatch.setattr(queries, "COUNTED_TO", 1)
    assert queries.count_queue(world.ben)["review"] == 2  # "more than one": nobody counts on


def test_a_pass_is_found_by_all_that_stands_on_it(world: World) -> None:
    row = make_pass(world, Status.ISSUED)
    code = f"{row.number[:6]} {row.number[6:]} {check_digit(row.number)}"
    plate = f"{row.plate[:2]}·{row.plate[2:]}"
    for typed in (row.number, code, row.receipt, plate, plate.lower()):
        assert queries.find(world.ben, typed) == [row]
        assert queries.find(world.eve, typed) == []
    assert queries.find(world.ben, "nothing!") == queries.find(world.ben, "") == []


def test_what_else_the_vehicle_has_is_told(world: World) -> None:
    row, other = make_pass(world), make_pass(world, Status.DECLINED)
    Pass.objects.filter(pk=other.pk).update(plate=row.plate)
    assert queries.list_others(row) == [other]


def test_the_tile_counts_what_is_past_its_promise(world: World) -> None:
    make_pass(world, due_at=clock.now() - HOUR)
    make_pass(world)
    make_pass(world, Status.ASKED)
    assert queries.count_late() == 1


def test_how_late_a_decision_was_is_told(world: World) -> None:
    now = clock.now()
    in_time = make_pass(world, Status.ISSUED, due_at=now + HOUR)
    late = make_pass(world, Status.ISSUED, due_at=now - HOUR)
    assert queries.late_s(in_time) is None
    assert queries.late_s(late) == pytest.approx(3600, abs=5)


def test_a_pass_is_valid_between_its_two_moments(world: World) -> None:
    row = make_pass(world, Status.ISSUED)
    moments = (row.valid_from - HOUR, row.valid_from, row.valid_until)
    seen = []
    for moment in moments:
        with clock.running(lambda moment=moment: moment):
            seen.append(queries.valid_on(row))
    assert seen == [False, True, False]
    assert queries.list_valid(world.ben) == [row]


def test_a_receipt_opens_its_pass_and_another_none(world: World) -> None:
    row = make_pass(world)
    assert queries.access_receipt(row.receipt) == row
    with pytest.raises(Http404):
        queries.access_receipt("000000000000")


def test_what_waits_for_applicants_is_listed_the_longest_first(world: World) -> None:
    now = clock.now()
    young, old = (make_pass(world, Status.ASKED, asked_at=now - n * HOUR) for n in (1, 5))
    assert queries.list_asked(world.ben) == [old, young]


def test_the_desks_are_listed(world: World) -> None:
    desk = make_desk(world)
    assert list(queries.list_desks()) == [desk]
