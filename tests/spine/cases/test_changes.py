import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bihuan.kernel.retention import Keep
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions, changes
from bihuan.spine.cases.models import Assignment, Case, Pause, Task
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import NOON, World, make_case

# Who may write a Case: `changes` itself, and whoever creates one and leaves `changes.opened`.
WRITES = {"changes.py"}
CREATES = {"triage.py", "actions/opening.py"}
CASES = Path(changes.__file__).parent
WRITING = re.compile(r"\bCase\.objects\b[^#]*?\.(update|bulk_update)\(|\bcase\.save\(")
CREATING = re.compile(
    r"\bCase\.objects\.(create|bulk_create|get_or_create|update_or_create)\(|\bchild\.save\("
)


def sources() -> list[tuple[str, str]]:
    """Every source of the product but migrations, by its path below the room of Cases."""
    top = CASES.parents[1]
    paths = (path for path in top.rglob("*.py") if "migrations" not in path.parts)
    return [
        (str(path.relative_to(CASES) if path.is_relative_to(CASES) else path), path.read_text())
        for path in paths
    ]


def statements(text: str) -> str:
    """Put each call that is spread over lines onto one."""
    return re.sub(r"\n\s*\.", ".", text)


def test_nothing_but_changes_writes_a_case() -> None:
    found = {
        name
        for name, text in sources()
        if any(WRITING.search(line) for line in statements(text).splitlines())
    }
    assert found <= WRITES


def test_only_who_leaves_the_opening_event_creates_a_case() -> None:
    found = {name: text for name, text in sources() if CREATING.search(text)}
    assert set(found) <= CREATES
    assert all("changes.opened(" in text for text in found.values())


@pytest.mark.parametrize("model", changes.UNTOLD, ids=lambda model: model.__name__)
def test_events_tell_only_what_is_kept_for_ever(model: type[Case]) -> None:
    kept = {name for name, rule in model.RETENTION.items() if isinstance(rule, Keep)}
    told = {model._meta.get_field(name).name for name in changes.defaults(model)}
    assert told <= kept
    assert told | changes.UNTOLD[model] == {field.name for field in model._meta.concrete_fields}


def test_an_event_tells_columns_with_instants_in_utc_and_rows_as_numbers(world: World) -> None:
    local = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=8)))
    fields = {
        "agency": world.grid,
        "due_at": local,
        "status": Status.WAITING,
        "officer": None,
        "summary": "x",
    }
    assert changes.plain(Case, fields) == {
        "agency_id": world.grid.pk,
        "due_at": "2026-11-23T04:00:00+00:00",
        "status": "waiting",
        "officer_id": None,
    }


def test_a_write_changes_the_row_and_leaves_one_event_that_tells_it(world: World) -> None:
    case = make_case(world)
    assert changes.write(case, "climb", SYSTEM, detail={"percent": 80}, next_rung_at=NOON)
    event = Event.objects.get(verb="climb")
    assert (event.detail["set"], event.detail["percent"]) == ({"next_rung_at": NOON.isoformat()}, 80)
    assert (Case.objects.get(pk=case.pk).next_rung_at, case.next_rung_at) == (NOON, NOON)


def test_a_write_to_a_case_that_somebody_moved_changes_and_tells_nothing(world: World) -> None:
    seen = make_case(world)
    actions.accept(case=seen, by=world.ben)
    assert not changes.write(seen, "climb", SYSTEM, unreachable_at=NOON)
    assert Case.objects.get(pk=seen.pk).unreachable_at is None
    assert not Event.objects.filter(verb="climb").exists()


def test_a_write_can_name_what_must_still_hold(world: World) -> None:
    case = make_case(world, next_rung_at=NOON)
    done = [
        changes.write(case, "climb", SYSTEM, only_if={"next_rung_at": NOON}, next_rung_at=None)
        for _ in range(2)
    ]
    assert done == [True, False]


def test_the_opening_event_tells_all_that_is_not_as_in_every_case(world: World) -> None:
    case = make_case(world, returned_count=2, opened_at=NOON.astimezone(UTC))
    told = Event.objects.get(case_id=case.pk, verb="opened").detail["set"]
    assert (told["returned_count"], told["agency_id"], told["opened_at"]) == (
        2,
        world.grid.pk,
        NOON.isoformat(),
    )
    assert "officer_id" not in told


def test_an_event_tells_of_the_tasks_assignments_and_pauses_that_changed_with_it(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    task = actions.add_task(case=case, title="Zhao, door 502", by=world.ben)
    sent = actions.dispatch(task=task, by=world.ben, team=world.team)
    actions.hold(case=Case.objects.get(pk=case.pk), question="?", by=world.ben)
    rows = {event.verb: event.detail.get("rows") for event in Event.objects.filter(case_id=case.pk)}
    assert set(rows["add_task"]["task"][str(task.pk)]) == {"case_id", "created_at"}
    assert rows["dispatch"]["task"] == {str(task.pk): {"status": "going"}}
    assert rows["dispatch"]["assignment"][str(sent.pk)]["team_id"] == world.team.pk
    assert str(Pause.objects.get().pk) in rows["hold"]["pause"]
    assert not any("Zhao" in str(told) for told in rows.values())


def test_the_end_of_a_case_tells_what_ended_with_it(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    task = actions.add_task(case=case, title="x", by=world.ben)
    sent = actions.dispatch(task=task, by=world.ben, team=world.team)
    actions.withdraw(case=Case.objects.get(pk=case.pk), by=SYSTEM)
    rows = Event.objects.get(case_id=case.pk, verb="withdraw").detail["rows"]
    assert rows["assignment"][str(sent.pk)]["status"] == Assignment.objects.get().status == "cancelled"
    assert rows["task"][str(task.pk)]["status"] == Task.objects.get().status


def test_a_case_merged_earlier_tells_that_it_follows_its_twin(world: World) -> None:
    first, second, third = (make_case(world) for _ in range(3))
    actions.merge(case=first, into=second, by=world.olga)
    actions.merge(case=Case.objects.get(pk=second.pk), into=third, by=world.olga)
    event = Event.objects.get(case_id=first.pk, verb="follow")
    assert event.detail["set"] == {"merged_into_id": third.pk}
    assert Case.objects.get(pk=first.pk).merged_into_id == third.pk
