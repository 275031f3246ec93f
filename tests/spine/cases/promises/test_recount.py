"""Counting all open Cases anew, with workers that die and people who are quicker."""

from datetime import UTC, datetime, timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Agreement, Calendar, Case, Level, Recount
from bihuan.spine.cases.promises import agreeing, clocks, recount, storing
from bihuan.spine.cases.promises.calendaring import Wanted, edit_calendar
from tests.spine.cases.known import World, make_case, make_service, make_user

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 9:00 in the city
MINUTE = timedelta(minutes=1)
EARLIER = Wanted(
    name_zh="工作时间", name_en="Working hours", kind="weekly", follows_holidays=True,
    hours={str(day): [["08:30", "12:00"], ["13:00", "17:30"]] for day in range(5)},
)  # fmt: skip


@pytest.fixture
def ada(world: World) -> object:
    from bihuan.spine.accounts.roles import write_roles

    return make_user("ada", write_roles()["administrator"], None)


def begun(world: World, **fields: object) -> Case:
    case = make_case(world, askers=0, opened_at=MONDAY, **fields)  # type: ignore[arg-type]
    for name, value in clocks.start(case, MONDAY).items():
        setattr(case, name, value)
    case.save()
    return case


def count_all(limit: int = recount.BATCH) -> int:
    steps = 0
    while recount.recount_some(limit):
        steps += 1
    return steps


def test_an_edited_calendar_moves_the_open_cases_that_it_counts_and_leaves_an_event_each(
    world: World, ada: object
) -> None:
    complaint = make_service("complaint", urgency="planned")
    with clock.running(lambda: MONDAY):
        moved, other = begun(world, service=complaint), begun(world)
        working = Calendar.objects.get(code="working")
        edit_calendar(calendar=working, wanted=EARLIER, seen=working.changed_at, by=ada)
        count_all()
    before = moved.resolve_by
    moved.refresh_from_db()
    # 480 minutes from nine: the longer afternoon ends the work at 9:00 on Tuesday less the hour gained.
    assert moved.resolve_by == before - timedelta(minutes=60)
    assert Event.objects.get(verb="recounted").case_id == moved.pk
    assert Event.objects.get(verb="recounted").detail["set"]["resolve_by"] == moved.resolve_by.isoformat()
    unchanged = Case.objects.get(pk=other.pk)
    assert (unchanged.resolve_by, unchanged.changed_at) == (other.resolve_by, other.changed_at)


def test_the_row_is_as_the_clocks_of_it_alone_would_have_it(world: World, ada: object) -> None:
    complaint = make_service("complaint", urgency="planned")
    with clock.running(lambda: MONDAY):
        cases = [begun(world, service=complaint) for _ in range(5)]
        working = Calendar.objects.get(code="working")
        edit_calendar(calendar=working, wanted=EARLIER, seen=working.changed_at, by=ada)
        alone = [clocks.recomputed(case, MONDAY, Level.objects.get(pk=case.level.pk)) for case in cases]
        count_all(limit=2)
    for case, fields in zip(cases, alone, strict=True):
        case.refresh_from_db()
        assert {name: getattr(case, name) for name in fields if name != "level"} == {
            name: value for name, value in fields.items() if name != "level"
        }


def _put_sooner_in_force(ada: object) -> Recount:
    draft = agreeing.copy_in_force(by=ada)
    draft.levels.filter(priority="urgent").delete()
    draft.levels.filter(urgency="planned").delete()
    draft.levels.update(priority="", resolve_min=300)
    made = agreeing.put_in_force(draft=draft, over=1, by=ada, also_open=True)
    assert made is not None
    return made


def test_a_version_for_open_cases_too_gives_them_its_level(world: World, ada: object) -> None:
    with clock.running(lambda: MONDAY):
        case = begun(world)
        made = _put_sooner_in_force(ada)
        count_all()
    case.refresh_from_db()
    made.refresh_from_db()
    assert (case.level.agreement.number, case.resolve_by) == (2, MONDAY + 300 * MINUTE)
    assert made.done_at is not None and made.changed_count == 1


def test_without_that_wish_open_cases_keep_their_level(world: World, ada: object) -> None:
    case = begun(world)
    draft = agreeing.copy_in_force(by=ada)
    draft.levels.filter(priority="urgent").delete()
    draft.levels.filter(urgency="planned").delete()
    draft.levels.update(priority="")
    assert agreeing.put_in_force(draft=draft, over=1, by=ada, also_open=False) is None
    assert count_all() == 0
    case.refresh_from_db()
    assert case.level.agreement.number == 1
    assert begun(world).level.agreement.number == 2


def test_a_worker_that_dies_in_the_middle_leaves_the_rest_to_the_next(
    world: World, ada: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.running(lambda: MONDAY):
        cases = [begun(world) for _ in range(5)]
        _put_sooner_in_force(ada)
        recount.recount_some(2)
        with monkeypatch.context() as patch:
            patch.setattr(storing, "record_many", lambda events: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                recount.recount_some(2)
        assert Recount.objects.get().reached == cases[1].pk
        count_all(limit=2)
    assert Case.objects.filter(level__agreement__number=2).count() == 5
    assert Event.objects.filter(verb="recounted").count() == 5


def test_a_case_that_somebody_moved_while_its_batch_was_counted_is_counted_alone(
    world: World, ada: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = begun(world)
    plain = recount.count_rows

    def moved_first(rows: object, choose: object) -> object:
        counted = plain(rows, choose)  # type: ignore[arg-type]
        with clock.running(lambda: MONDAY + 5 * MINUTE):
            actions.accept(case=case, by=world.ben)
        return counted

    with clock.running(lambda: MONDAY):
        _put_sooner_in_force(ada)
        monkeypatch.setattr(recount, "count_rows", moved_first)
        recount.recount_some()
    case.refresh_from_db()
    assert (case.status, case.level.agreement.number) == ("accepted", 2)
    assert case.resolve_by == MONDAY + 300 * MINUTE


def test_of_two_workers_only_one_writes_a_batch(
    world: World, ada: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = begun(world)
    plain = recount.count_rows
    with clock.running(lambda: MONDAY):
        made = _put_sooner_in_force(ada)

        def other_was_first(rows: object, choose: object) -> object:
            counted = plain(rows, choose)  # type: ignore[arg-type]
            Recount.objects.filter(pk=made.pk).update(reached=case.pk)
            return counted

        monkeypatch.setattr(recount, "count_rows", other_was_first)
        assert recount.recount_some() == 0
    assert not Event.objects.filter(verb="recounted").exists()
    assert Agreement.objects.get(status="in_force").number == 2
