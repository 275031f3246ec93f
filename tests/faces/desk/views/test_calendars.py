"""Calendars as an administrator sees them."""

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.models import Calendar, Recount
from bihuan.spine.cases.promises import calendars
from tests.spine.cases.known import World, make_user

WEEK = {f"day{day}": "09:00-17:00" for day in range(5)}
SAID = {"name_zh": "早班", "name_en": "Early", "code": "early", "kind": "weekly", **WEEK}


@pytest.fixture
def ada(world: World, client: Client) -> Client:
    client.force_login(make_user("ada", write_roles()["administrator"], None))
    return client


def _edit(ada: Client, calendar: Calendar, **said: object) -> int:
    address = reverse("desk:calendar", args=[calendar.pk])
    seen = calendar.changed_at.isoformat() if calendar.changed_at else ""
    return ada.post(address, {**SAID, "seen": seen, **said}).status_code


def test_the_list_shows_a_week_of_each_and_the_holidays_to_come(ada: Client) -> None:
    page = ada.get(reverse("desk:calendars"))
    assert [len(one["days"]) for one in page.context["known"]] == [7, 7]
    assert page.context["special"]
    assert "<svg" in page.content.decode()


def test_a_week_is_written_without_json(ada: Client) -> None:
    said = {**SAID, "day5": "22:00-06:00", "exceptions": "2026-12-25 closed\n2026-12-26 09:00-12:00"}
    assert ada.post(reverse("desk:calendar_new"), said).status_code == 302
    made = Calendar.objects.get(code="early")
    assert made.hours["0"] == [["09:00", "17:00"]] and made.hours["5"] == [["22:00", "06:00"]]
    assert made.exceptions == {"2026-12-25": [], "2026-12-26": [["09:00", "12:00"]]}
    page = ada.get(reverse("desk:calendar", args=[made.pk])).content.decode()
    assert "09:00-17:00" in page and "2026-12-25 closed" in page


def test_a_table_of_shifts_is_written_a_line_for_each_day(ada: Client) -> None:
    said = {**SAID, "kind": "shifts", "cycle_from": "2026-11-23", "cycle": "08:00-16:00\n16:00-24:00\n-"}
    assert ada.post(reverse("desk:calendar_new"), said).status_code == 302
    made = Calendar.objects.get(code="early")
    assert made.hours == {"from": "2026-11-23", "cycle": [[["08:00", "16:00"]], [["16:00", "24:00"]], []]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"day0": "nine to five"},
        {"day0": "09:00-25:00"},
        {f"day{day}": "" for day in range(5)},
        {"kind": "shifts", "cycle": "08:00-16:00"},
        {"exceptions": "christmas closed"},
    ],
)
def test_hours_that_are_unclear_or_never_come_are_refused(ada: Client, wrong: dict[str, str]) -> None:
    assert ada.post(reverse("desk:calendar_new"), {**SAID, **wrong}).status_code == 422
    assert not Calendar.objects.filter(code="early").exists()


def test_an_edit_has_open_cases_counted_anew_and_the_second_editor_is_told(ada: Client) -> None:
    working = Calendar.objects.get(code="working")
    assert _edit(ada, working) == 302
    assert Recount.objects.get().calendar == working
    assert _edit(ada, working, name_zh="晚班") == 422
    assert Calendar.objects.get(code="working").name_zh == "早班"


def test_round_the_clock_stays_round_the_clock(ada: Client) -> None:
    always = Calendar.objects.get(code="always")
    assert _edit(ada, always) == 422
    assert calendars.day_minutes(Calendar.objects.get(code="always")) == 1440
