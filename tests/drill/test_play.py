"""A day is played over HTTP."""

import json
import threading
from datetime import UTC, date, datetime

import pytest

from bihuan.drill.agenda import Agenda
from bihuan.drill.city import make_city
from bihuan.drill.citytime import CityTime
from bihuan.drill.client import Client
from bihuan.drill.play import play, run, window
from bihuan.drill.player import Player
from bihuan.drill.posts import Posts
from bihuan.drill.staff import staff_rows
from bihuan.drill.telling import Story
from bihuan.drill.wire import Wire
from tests.drill.small_city import SmallCity, running

pytestmark = pytest.mark.once

DAY = date(2022, 11, 23)
LATE = CityTime(datetime(2022, 11, 23, 4, tzinfo=UTC), since=0.0, speed=1.0, monotonic=lambda: 1e6)


@pytest.fixture(scope="module")
def city():
    return make_city(1, small=True)


def _accounts():
    return [{**row, "token": row["username"]} for row in staff_rows()]


def test_a_window_holds_what_lies_between_its_ends_and_nothing_else(city) -> None:
    minutes = [at_min for at_min, _ in window(city, 1, DAY, (300, 700))]
    assert 300 <= min(minutes) < 330
    assert 670 < max(minutes) <= 700


def test_after_midnight_the_evening_before_is_still_there(city) -> None:
    asks = [ask for _, ask in window(city, 1, DAY, (-660, 60))]
    assert len(asks) > 200
    assert {ask.key.split("-")[2] for ask in asks} == {"20221122", "20221123"}


def test_no_ask_comes_twice_in_a_window_of_two_days(city) -> None:
    keys = [ask.key for _, ask in window(city, 1, DAY, (0, 2 * 1440))]
    assert len(set(keys)) == len(keys) > 1000


def test_a_day_is_played_to_its_end(city) -> None:
    small, told = SmallCity(blind=3), list[str]()
    asks = list(window(city, 1, DAY, (0, 720), power_asks=80))
    with running(small) as url:
        player = Player(Client(Wire(url)), Posts(_accounts(), city["agencies"]), Story(told.append))
        run(Agenda(asks, since_min=720), player, LATE)
    assert len(small.cases) == len(asks)
    verbs = {verb for _, verb, _ in small.deeds}
    assert verbs >= {"accept", "dispatch", "resolve", "confirm", "merge", "reopen"}
    assert told[0].startswith("So far: ")


def test_accounts_that_are_not_there_are_told_in_a_sentence(tmp_path, capsys) -> None:
    assert play(["--accounts", str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err


def test_the_command_plays_and_ends(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(
        "bihuan.drill.player.TRIES", 3
    )  # a twin whose first lies outside the window waits for it
    accounts = tmp_path / "accounts.json"
    accounts.write_text(json.dumps(_accounts()))
    with running(SmallCity()) as url:
        assert (
            play(
                [
                    "--url",
                    url,
                    "--accounts",
                    str(accounts),
                    "--before",
                    "0",
                    "--hours",
                    "0.1",
                    "--speed",
                    "100000",
                ]
            )
            == 0
        )
    out = capsys.readouterr().out
    assert "The day is played from" in out
    assert "The day is over" in out
    assert threading.active_count() < 8
