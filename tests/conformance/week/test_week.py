"""A week of a city, played over the API; every figure on the boards is counted anew from the raw Events alone."""

import json
import os
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from bihuan.drill.city import make_city
from bihuan.drill.posts import Posts
from bihuan.drill.staff import PASSWORD
from bihuan.kernel import clock
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.city import write_city
from bihuan.spine.cases.closing.counting import count_due
from bihuan.spine.cases.demo_staff import write_staff
from bihuan.spine.cases.figures import count_board
from bihuan.spine.cases.models import Service
from tests.conformance.week import recount
from tests.conformance.week.courses import DAY_MIN, DAYS, plan_week
from tests.conformance.week.play import Week

# A whole city's week is WEEK_ASKS=20000; what runs with the suite is smaller, for the suite's time.
ASKS = int(os.environ.get("WEEK_ASKS", "400"))
FIRST = date(2022, 11, 21)
WEEK = "2022-W47"
TABLES = {"agency": "accounts_agency", "district": "places_district", "service": "cases_service"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
@pytest.mark.sqlite_only
def test_every_figure_of_a_week_equals_the_one_counted_from_the_events() -> None:
    week = _play()
    with clock.running(lambda: week.now), connection.cursor() as cursor:
        cases = recount.replay(cursor)
        assert len(cases) >= ASKS * 0.95
        assert _plain(count_board(week.now)) == recount.board(cases, week.now, cursor)
        count_due()
        asked = recount.of_week(cases.values(), WEEK)
        for by, table in TABLES.items():
            _compare(week, by, asked, recount.names(cursor, table))


def _play() -> Week:
    city = make_city(2022, small=True)
    write_city(city)
    # Photos as proof are tried elsewhere; a word has to do here.
    Service.objects.update(needs_proof=False)
    write_roles()
    accounts = write_staff(city["staff"], PASSWORD)
    midnight = datetime.combine(FIRST, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
    week = Week(midnight.astimezone(UTC), Posts(accounts, city["agencies"]))
    week.play(plan_week(city, 1, FIRST, ASKS), DAYS * DAY_MIN)
    # What is refused is somebody coming second, as in life; not the better part of the week.
    assert sum(week.refused.values()) < week.done / 10, dict(week.refused)
    return week


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return dict(json.loads(json.dumps(values)))


def _compare(week: Week, by: str, cases: list[recount.Case], known: dict[int, recount.Row]) -> None:
    told = _told(week, by)
    counts, left_out = recount.rates(cases, week.now)
    assert Counter(told["total"]["counts"]) == counts
    assert Counter(told["excluded"]) == left_out
    lines = {line["code"]: +Counter(line["counts"]) for line in told["lines"]}
    for number, row in known.items():
        own = [case for case in cases if case.get(f"{by}_id") == number]
        assert lines.get(row["code"], Counter()) == recount.rates(own, week.now)[0], row["code"]


def _told(week: Week, by: str) -> dict[str, Any]:
    token = next(one.token for one in week.posts.accounts if one.role == "commander")
    address = f"/api/v1/rates?by={by}&since={WEEK}&until={WEEK}"
    answer = Client().get(address, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.content
    return dict(json.loads(answer.content))
