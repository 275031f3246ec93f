"""Looking back on the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.afteraction import reports
from bihuan.spine.cases.models import Report
from tests.spine.cases.afteraction.made import at, write_day
from tests.spine.cases.known import World

PAGE = "/desk/afteraction/"
PERIOD = {"from": "2026-11-23T08:00", "until": "2026-11-24T08:00"}


@pytest.fixture
def max_(world: World, client: Client) -> Client:
    """The commander, after a made-up day."""
    client.force_login(world.max)
    client.cookies["django_language"] = "en"
    return client


def text(client: Client, path: str = PAGE, **said: object) -> str:
    with clock.running(lambda: at(900)):
        answer = client.get(path, PERIOD | said, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.content.decode() if not answer.streaming else b"".join(answer).decode()


def test_a_period_shows_its_hours_decisions_failures_messages_and_lines(world: World, max_: Client) -> None:
    write_day(world)
    shown = text(max_)
    for words in ("Cases opened", "Rules switched on", "Power grid", "Promise missed", "2026-11-23 08:00"):
        assert words in shown


def test_only_the_ticked_kinds_are_shown(world: World, max_: Client) -> None:
    write_day(world)
    shown = text(max_, kind="reading")
    assert "Read personal data" in shown
    assert "Rules switched on" not in shown


def test_a_period_that_ends_before_it_begins_is_refused_in_words(world: World, max_: Client) -> None:
    assert "The period ends before it begins." in text(max_, until="2026-11-22T08:00")


@pytest.mark.parametrize("said", [{"from": "soon"}, {"kind": "x"}, {"after": "x"}, {"agency": "x"}])
def test_nonsense_in_the_address_is_no_error(world: World, max_: Client, said: dict[str, str]) -> None:
    assert "What happened" in text(max_, **said)


def test_the_second_page_goes_on_where_the_first_ended(
    world: World, max_: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bihuan.spine.cases.afteraction.timeline.page.__defaults__", (None, 3))
    write_day(world)
    cut = text(max_).split('rel="next"')[0].rpartition('href="?')[2].split('"')[0].split("#")[0]
    with clock.running(lambda: at(900)):
        second = max_.get(f"{PAGE}?{cut.replace('&amp;', '&')}").content.decode()
    assert "From the beginning" in second


def test_the_csv_holds_every_line_and_its_taking_is_written_down(world: World, max_: Client) -> None:
    write_day(world)
    lines = text(max_, f"{PAGE}timeline.csv").splitlines()
    # The heading, and that the list was taken away, which is part of what happened.
    assert len(lines) == 1 + Event.objects.filter(at__lte=at(900)).count()
    assert Event.objects.get(verb="export").detail["as"] == "csv"


def test_a_report_is_asked_for_counted_and_printed(world: World, max_: Client) -> None:
    write_day(world)
    with clock.running(lambda: at(900)):
        asked = max_.post(f"{PAGE}report/", PERIOD)
    report = Report.objects.get()
    assert asked.headers["Location"] == f"{PAGE}report/{report.pk}/"
    waiting = text(max_, asked.headers["Location"])
    assert "<progress" in waiting
    assert max_.get(f"{asked.headers['Location']}paper.pdf").status_code == 404
    while reports.go_on():
        pass
    assert "Rules switched on" in text(max_, asked.headers["Location"])
    assert max_.get(f"{asked.headers['Location']}paper.pdf").content.startswith(b"%PDF-")


def test_a_case_is_shown_as_it_stood_then(world: World, max_: Client) -> None:
    case = write_day(world)["first"]
    path = f"{PAGE}case/{case.pk}/"
    shown: Callable[[str], str] = lambda moment: text(max_, path, at=moment)  # noqa: E731 - one word for three looks
    assert "accepted" not in shown("2026-11-23T13:00")
    assert "accepted" in shown("2026-11-23T13:40")
    assert "It had not been opened yet." in shown("2026-11-23T11:00")


@pytest.mark.parametrize("who", ["ben", "sam", "olga", "dan"])
def test_others_may_not_look_back(world: World, client: Client, who: str) -> None:
    client.force_login(getattr(world, who))
    assert client.get(PAGE).status_code == 403
