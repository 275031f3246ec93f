"""The rates, beside a script that counts them from the raw rows as ``docs/rates.md`` says, and from nothing else."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import clock
from bihuan.spine.cases.closing import counting, rates
from bihuan.spine.cases.closing.behind import Behind, count_behind, list_behind
from bihuan.spine.cases.closing.measures import MEASURES, RATES, RULES
from bihuan.spine.cases.closing.rates import DIMENSIONS, Line, Scope, Share, score_of
from bihuan.spine.cases.models import Case, RateCell, RateWeek, Visit
from tests.spine.cases.known import NOON, World, make_case

CITY = ZoneInfo("Asia/Shanghai")
ALL = Scope(date(2026, 10, 19), date(2026, 11, 23))


# --- The independent script ------------------------------------------------------------------------------


def left_out(row: dict[str, Any]) -> str:
    for status in ("merged", "withdrawn", "declined"):
        if row["status"] == status:
            return status
    if row["is_self_raised"]:
        return "self_raised"
    return "unreachable" if row["unreachable_at"] else ""


def judged(row: dict[str, Any], by: str, done: str) -> tuple[int, int]:
    """Return (decided, kept) of one promise of one Case."""
    if row[by] is None:
        return 0, 0
    if row[done] is not None:
        return 1, int(row[done] <= row[by])
    return int(row[by] < NOON and row["status"] not in {"hold", "shelved"}), 0


def answers_of() -> dict[int, tuple[bool | None, str]]:
    """Return of each Case what its askers said last of it, and how content the least content of them was."""
    said: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for visit in Visit.objects.filter(answered_at__isnull=False).values():
        said[visit["case_id"]].append(visit)
    found = {}
    for case, visits in said.items():
        last = max(visit["resolved_at"] for visit in visits)
        solved = all(visit["is_solved"] for visit in visits if visit["resolved_at"] == last)
        rated = [visit for visit in visits if visit["content"]]
        latest = max((visit["resolved_at"] for visit in rated), default=None)
        words = {visit["content"] for visit in rated if visit["resolved_at"] == latest}
        found[case] = solved, min(words, key=["no", "fair", "yes"].index, default="")
    return found


def counted(row: dict[str, Any], answer: tuple[bool | None, str]) -> Counter[str]:
    counts: Counter[str] = Counter(cases=1)
    spans = {
        "dispatch": "dispatched_at",
        "accept": "accepted_at",
        "reply": "replied_at",
        "resolve": "resolved_at",
    }
    for promise, done in spans.items():
        decided, kept = judged(row, f"{promise}_by", done)
        counts += Counter({f"{promise}_due": decided, f"{promise}_kept": kept})
    is_solved, content = answer
    counts["answered"] += is_solved is not None
    counts["solved"] += is_solved is True
    counts["rated"] += content != ""
    counts["satisfied"] += content == "yes"
    counts["returned"] += row["returned_count"] > 0
    counts["resolved"] += row["resolved_at"] is not None or row["reopened_count"] > 0
    counts["redone"] += row["reopened_count"] > 0
    return counts


def week_of(opened: datetime) -> str:
    year, week, _day = opened.astimezone(CITY).isocalendar()
    return f"{year}-W{week:02d}"


def recount(key: Any) -> tuple[dict[Any, Counter[str]], Counter[str]]:
    """Return the counts by a key of a Case's raw row, and how many each rule leaves out."""
    answers, sums, out = answers_of(), defaultdict(Counter), Counter()
    for row in Case.objects.values():
        rule = left_out(row)
        if rule:
            out[rule] += 1
        else:
            sums[key(row)].update(counted(row, answers.get(row["id"], (None, ""))))
    return sums, out


# --- Against it ------------------------------------------------------------------------------------------


@pytest.fixture
def counted_city(played: list[Case]) -> list[Case]:
    with clock.running(lambda: NOON):
        counting.count_due()
    return played


def whole(found: dict[str, int]) -> dict[str, int]:
    return {name: found.get(name, 0) for name in MEASURES}


@pytest.mark.parametrize("by", list(DIMENSIONS))
def test_each_line_equals_a_recount_from_the_raw_rows(
    counted_city: list[Case], by: str, world: World
) -> None:
    sums, out = recount(lambda row: row[f"{by}_id"])
    codes = dict(DIMENSIONS[by].objects.values_list("pk", "code"))
    found = rates.table(world.max, ALL, by)
    assert {line.code: line.counts for line in found.lines} == {
        codes.get(number, "-"): whole(counts) for number, counts in sums.items()
    }
    assert found.excluded == {code: out[code] for code in RULES}
    assert sum(out.values()) + found.total.counts["cases"] == Case.objects.count()


def test_each_week_equals_a_recount_by_the_citys_own_time(counted_city: list[Case], world: World) -> None:
    sums, _out = recount(lambda row: week_of(row["opened_at"]))
    found = rates.table(world.max, ALL, "agency").weeks
    assert {line.code: line.counts for line in found} == {
        week: whole(counts) for week, counts in sums.items()
    }


def test_a_case_of_sunday_night_belongs_to_the_week_that_ends(world: World) -> None:
    sunday = datetime(2026, 11, 22, 23, 59, tzinfo=CITY)
    for opened in (sunday, sunday + timedelta(minutes=1)):
        make_case(world, opened_at=opened)
    counting.count_due()
    assert [line.code for line in rates.table(world.max, ALL, "agency").weeks] == ["2026-W47", "2026-W48"]


def test_codes_narrow_every_table(counted_city: list[Case], world: World) -> None:
    narrow = Scope(ALL.since, ALL.until, agency="grid", service="pipe")
    expected = Case.objects.filter(agency=world.grid, service__code="pipe").exclude(
        status__in=["merged", "withdrawn", "declined"]
    )
    expected = expected.filter(is_self_raised=False, unreachable_at=None)
    assert rates.table(world.max, narrow, "district").total.counts["cases"] == expected.count() > 0


def test_an_officers_supervisor_sees_the_own_agencies_only(counted_city: list[Case], world: World) -> None:
    assert {line.code for line in rates.table(world.sam, ALL, "agency").lines} == {"grid"}


# --- Every figure opens the list of Cases behind it -------------------------------------------------------


def figures(by: str, world: World) -> list[tuple[int, Behind]]:
    at = NOON.isoformat()
    found = rates.table(world.max, ALL, by)
    span = Behind(since="2026-W43", until="2026-W48", at=at)
    cells = [(line, span.of(**{by: line.code})) for line in found.lines]
    cells += [(line, Behind(since=line.code, until=line.code, at=at)) for line in found.weeks]
    cells.append((found.total, span))
    told = [(line.counts[name], behind.of(figure=name)) for line, behind in cells for name in MEASURES]
    for line, behind in cells:
        told += [(s.whole - s.part, behind.of(figure=f"not-{s.rate.part}")) for s in line.shares.values()]
    return told + [(n, span.of(figure=f"out-{code}")) for code, n in found.excluded.items()]


@pytest.mark.parametrize("by", list(DIMENSIONS))
def test_every_figure_is_the_number_of_the_cases_behind_it(
    counted_city: list[Case], by: str, world: World
) -> None:
    wrong = [
        (behind.to_query(), number, found)
        for number, behind in figures(by, world)
        if (found := count_behind(world.max, behind)) != number
    ]
    assert not wrong


def test_the_list_holds_them_all_page_after_page(counted_city: list[Case], world: World) -> None:
    behind = Behind(figure="cases", since="2026-W43", until="2026-W48", at=NOON.isoformat())
    seen: list[int] = []
    after = 0
    while True:
        page, after = list_behind(world.max, behind, after, 40)
        seen += [case.pk for case in page]
        if not after:
            break
    assert len(seen) == len(set(seen)) == count_behind(world.max, behind) > 80


@pytest.mark.parametrize(
    "said",
    [
        {}, {"figure": "nothing"}, {"figure": "out-nothing", "since": "2026-W48"}, {"figure": "cases", "since": "x"},
        {"figure": "not-cases", "since": "2026-W48"}, {"figure": "open", "agency": "nobody"},
        {"figure": "opened_hour", "hour": "yesterday"}, {"figure": "cases", "since": "2026-W99"},
    ],
)  # fmt: skip
def test_a_spoilt_address_finds_nothing(counted_city: list[Case], world: World, said: dict[str, str]) -> None:
    assert count_behind(world.max, Behind.parse(said)) == 0


def test_an_address_reads_what_it_wrote(counted_city: list[Case]) -> None:
    behind = Behind(figure="solved", since="2026-W48", agency="-", at=NOON.isoformat())
    from django.http import QueryDict

    assert Behind.parse(QueryDict(behind.to_query()).dict()) == behind


# --- When a week is counted ------------------------------------------------------------------------------


def test_a_week_in_which_nothing_changed_is_left_alone(counted_city: list[Case]) -> None:
    Case.objects.update(changed_at=NOON - timedelta(days=1))
    RateWeek.objects.update(next_at=None)
    with clock.running(lambda: NOON + timedelta(minutes=1)):
        assert counting.due(clock.now()) == set()


def test_a_change_counts_its_week_anew_and_that_one_alone(counted_city: list[Case]) -> None:
    Case.objects.update(changed_at=NOON - timedelta(days=1))
    RateWeek.objects.update(next_at=None)
    case = Case.objects.filter(opened_at__lt=NOON - timedelta(days=16)).first()
    Case.objects.filter(pk=case.pk).update(changed_at=NOON, returned_count=7)
    with clock.running(lambda: NOON + timedelta(minutes=1)):
        assert counting.due(clock.now()) == {counting.weeks.monday_of(case.opened_at)}


def test_a_promise_that_passes_by_itself_changes_the_figures(world: World) -> None:
    case = make_case(world, opened_at=NOON, reply_by=NOON + timedelta(hours=1))
    Case.objects.filter(pk=case.pk).update(changed_at=NOON)
    for at, due in ((NOON, 0), (NOON + timedelta(minutes=59), 0), (NOON + timedelta(minutes=61), 1)):
        with clock.running(lambda at=at: at):
            counting.count_due()
            assert rates.table(world.max, ALL, "agency").total.counts["reply_due"] == due


def test_a_week_is_counted_for_one_instant_once(counted_city: list[Case]) -> None:
    cells = RateCell.objects.count()
    assert counting.count_week(date(2026, 11, 16), NOON) == 0
    assert RateCell.objects.count() == cells > 0


def test_reading_a_table_takes_the_same_statements_at_any_size(
    counted_city: list[Case], world: World
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            rates.table(world.max, ALL, "agency")
        return len(captured)

    many = statements()
    RateCell.objects.exclude(pk=RateCell.objects.exclude(agency=None).first().pk).delete()
    assert statements() == many


# --- Shares, small numbers, the score ---------------------------------------------------------------------


def share(code: str, part: int, number: int) -> Share:
    return Share(next(rate for rate in RATES if rate.code == code), part, number)


def test_a_share_of_none_is_no_rate_and_one_of_few_is_small() -> None:
    assert share("response", 0, 0).value is None
    assert (share("response", 19, 19).is_small, share("response", 20, 20).is_small) == (True, False)


def test_the_score_weighs_the_three_rates_and_waits_for_enough_of_each() -> None:
    three = [share("response", 30, 30), share("resolution", 20, 40), share("satisfaction", 0, 20)]
    weights = {"response": 1.0, "resolution": 2.0, "satisfaction": 1.0}
    assert score_of(three, weights) == pytest.approx(0.5)
    assert score_of([*three[:2], share("satisfaction", 9, 9)], weights) is None
    assert score_of([*three[:2], share("satisfaction", 9, 9)], {"response": 1.0, "resolution": 1.0}) == 0.75


def test_those_of_few_have_no_rank_and_come_last() -> None:
    def line(code: str, solved: int, number: int) -> Line:
        counts = dict.fromkeys(MEASURES, number) | {"solved": solved}
        return Line(code, "", "", counts)

    ranked = rates._ranked([line("few", 5, 5), line("worse", 10, 50), line("best", 50, 50)])
    assert [(one.code, one.rank) for one in ranked] == [("best", 1), ("worse", 2), ("few", None)]
