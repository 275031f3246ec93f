"""Reports: counted at once or by the worker."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.audit.canonical import seal_hash
from bihuan.spine.audit.models import Event, Seal
from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.cases.afteraction import reports
from bihuan.spine.cases.models import Report
from tests.spine.cases.afteraction.made import DAY, at, write_day
from tests.spine.cases.known import NOON, World


@pytest.fixture
def report(world: World) -> Report:
    write_day(world)
    seal_all()
    with clock.running(lambda: at(600)):
        return reports.ask(window=DAY, by=world.max)


def fresh(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def test_the_worker_counts_a_report_slice_by_slice_to_the_same_picture(report: Report) -> None:
    rounds = 0
    while reports.go_on(size=3):
        rounds += 1
    done = fresh(report)
    at_once = reports.count_at_once(reports.window_of(report))
    assert rounds == report.total // 3 + 1
    assert at_once
    assert (done.picture, done.counted, done.percent) == (at_once.as_json(), report.total, 100)


def test_a_report_says_how_far_it_is(report: Report) -> None:
    seen = []
    while reports.go_on(size=4):
        seen.append(fresh(report).percent)
    assert seen == sorted(seen)
    assert (report.percent, seen[-1]) == (0, 100)
    assert all(0 < percent < 100 for percent in seen[:-1])


def test_of_two_workers_at_one_slice_one_counts_it(report: Report) -> None:
    first, second = fresh(report), fresh(report)
    assert [bool(reports.count_slice(one, 3)) for one in (first, second)] == [True, False]
    assert fresh(report).counted == 3


def test_a_done_report_names_the_seal_of_the_audit_it_was_made_from(report: Report) -> None:
    while reports.go_on():
        pass
    seal = Seal.objects.order_by("-pk").first()
    assert seal
    assert (fresh(report).seal_id, fresh(report).seal_hash) == (seal.pk, seal_hash(seal).hex())


def test_a_report_ends_where_the_present_begins_and_its_asking_is_written_down(
    report: Report, world: World
) -> None:
    assert report.until_at == at(600)
    event = Event.objects.get(verb="export")
    assert (event.actor, event.detail["as"]) == (world.max, "report")


def test_an_empty_period_is_done_at_the_first_look(world: World) -> None:
    window = reports.read_window(NOON - timedelta(days=9), NOON - timedelta(days=8))
    report = reports.ask(window=window, by=world.max)
    assert reports.go_on()
    assert fresh(report).done_at
    assert not reports.go_on()


@pytest.mark.parametrize(
    ("hours", "kinds", "code"), [(0, (), "period"), (-1, (), "period"), (1, ("x",), "kind")]
)
def test_a_period_must_have_a_length_and_kinds_that_exist(
    hours: int, kinds: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        reports.read_window(NOON, NOON + timedelta(hours=hours), kinds=kinds)
    assert refused.value.code == code


def test_a_period_too_long_to_count_while_somebody_waits_is_not_counted(world: World) -> None:
    write_day(world)
    assert reports.count_at_once(DAY, within_s=0) is None
