"""What a draft would do to the open Cases."""

from datetime import timedelta

from bihuan.kernel import clock
from bihuan.spine.cases.models import Agreement, Service
from bihuan.spine.cases.promises import clocks, levels, preview, recount
from tests.spine.cases.known import NOON, World, make_case


def test_the_preview_says_what_the_recount_then_does(world: World) -> None:
    draft = Agreement.objects.create(number=2, made_at=NOON)
    first = Agreement.objects.get(number=1)
    for one in levels.lines_of(first):
        one.pk, one.agreement, one.resolve_min = None, draft, 60
        one.accept_min = one.reply_min = one.dispatch_min = 30
        one.save()
    late, early = (NOON - timedelta(minutes=ago) for ago in (45, 5))
    for opened_at in (late, early, early):
        case = make_case(world, opened_at=opened_at, handed_at=opened_at, dispatched_at=opened_at, askers=0)
        for name, value in clocks.start(case, opened_at).items():
            setattr(case, name, value)
        case.save()
    with clock.running(lambda: NOON):
        seen = preview.preview(draft)
        rows = list(recount.open_rows(0, 10**9))
        counted = recount.count_rows(rows, recount.chooser(draft))
    assert (seen.total.cases, seen.total.less_time, seen.total.more_time, seen.total.newly_late) == (
        3,
        3,
        0,
        1,
    )
    overdue = [k for k in range(3) if (due := counted.fields(k)["due_at"]) is not None and due < NOON]
    assert [rows[k][0] for k in overdue] == seen.late_numbers
    assert [(service.code if service else "", tally.cases) for service, tally in seen.services()] == [
        (Service.objects.get().code, 3)
    ]


def test_of_very_many_only_the_oldest_are_counted_and_that_is_said(world: World) -> None:
    cases = [make_case(world, askers=0) for _ in range(3)]
    seen = preview.preview(Agreement.objects.get(), most=2)
    assert (seen.total.cases, seen.is_all, len(cases)) == (2, False, 3)
