import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.utils.timezone import get_default_timezone

from bihuan.config import demo
from bihuan.config.processes import Household
from bihuan.kernel import clock
from bihuan.spine.audit.actions import SYSTEM, record
from tests.made import environment_of
from tests.postgres import free_port
from tests.spine.cases.known import make_submission

LATER = datetime(2099, 1, 1, 8, tzinfo=UTC)


def test_a_new_city_wakes_at_dawn_and_soon_it_is_morning(db: None) -> None:
    made = demo.clock_of_the_day(60)
    assert made.start.astimezone(get_default_timezone()).time() == demo.DAWN
    morning = made.at(made.since + timedelta(seconds=demo.DASH_S))
    assert morning.astimezone(get_default_timezone()).time() == demo.MORNING
    assert made.at(made.since + timedelta(seconds=demo.DASH_S + 1)) - morning == timedelta(minutes=1)


def test_a_drill_faster_than_the_dash_is_not_held_up_by_it(db: None) -> None:
    assert demo.clock_of_the_day(3600).dash == 3600


def test_a_city_that_has_run_goes_on_from_where_it_stood_and_never_back(db: None) -> None:
    make_submission()
    with clock.running(lambda: LATER):
        record(by=SYSTEM, verb="opened", subject=("case", 1))
    record(by=SYSTEM, verb="opened", subject=("case", 2))  # as an import does, by the machine's clock
    made = demo.clock_of_the_day(60)
    assert (made.start, made.dash_s) == (LATER, 0)


@pytest.mark.parametrize(("ran_h", "back_h"), [(0, 6), (2.5, 8.5), (30, 12)])
def test_nothing_is_asked_from_before_the_night_in_which_the_city_began(
    db: None, ran_h: float, back_h: float
) -> None:
    for at in (LATER, LATER + timedelta(hours=ran_h)):
        with clock.running(lambda at=at: at):
            record(by=SYSTEM, verb="opened", subject=("case", 1))
    assert demo.hours_back() == back_h


def test_the_welcome_shows_one_account_of_each_role() -> None:
    accounts = [
        {"role": role, "username": name, "password": "p"}
        for role, name in [("officer", "first"), ("officer", "second"), ("operator", "third")]
    ]
    told = demo.welcome("http://127.0.0.1:1", accounts)
    assert "first" in told and "third" in told and "second" not in told
    assert "http://127.0.0.1:1/desk/" in told


def test_a_city_that_does_not_come_up_is_given_up_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "UP_WITHIN_S", -1.0)
    monkeypatch.setattr(demo, "health", lambda url: '{"worker": "down"}')
    with pytest.raises(CommandError, match=r'Not everything came up .*"worker": "down"'):
        demo.when_up(Household(), "http://127.0.0.1:1", pytest.fail)()


def test_the_city_is_opened_once_when_all_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, opened = iter(["no", "up"]), list[str]()
    monkeypatch.setattr(demo, "health", lambda url: next(answers))
    look = demo.when_up(Household(), "http://127.0.0.1:1", lambda: opened.append("open"))
    for _ in range(4):
        look()
    assert opened == ["open"]


def test_a_speed_of_nothing_is_refused() -> None:
    with pytest.raises(CommandError, match="--speed takes a number above 0"):
        demo.demo(["--speed", "0"])


@pytest.mark.once
def test_a_database_is_removed_with_what_belongs_to_it_and_no_more(tmp_path: Path) -> None:
    for name in ("city.sqlite3", "city.sqlite3-wal", "city.sqlite3-shm", "other.sqlite3", "diary"):
        (tmp_path / name).touch()
    demo.remove_database(tmp_path / "city.sqlite3")
    assert {path.name for path in tmp_path.iterdir()} == {"other.sqlite3", "diary"}


@pytest.mark.postgres_only
def test_a_fresh_city_on_postgresql_is_left_to_its_administrator() -> None:
    with pytest.raises(CommandError, match="an empty database"):
        demo.remove_city()


@pytest.fixture
def running_demo(tmp_path: Path) -> Any:
    """The demonstration as a stranger starts it; ended by its id if the test did not."""
    port = free_port()
    environment = environment_of(tmp_path, f"sqlite:///{tmp_path / 'bihuan.sqlite3'}")
    command = [sys.executable, "-m", "bihuan.config.cli", "demo", "--no-browser", "--port", str(port)]
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield process, f"http://127.0.0.1:{port}", tmp_path / "log"
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        log.close()


def until(true: Callable[[], bool], within_s: float = 60) -> None:
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


def offspring(pid: int) -> list[int]:
    """Return the processes below one, children first."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == pid:
            child = int(stat.parent.name)
            found += [child, *offspring(child)]
    return found


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_demonstration_opens_plays_and_ends_with_every_process(running_demo: Any) -> None:
    process, url, log = running_demo
    until(lambda: "The city is open" in log.read_text() or process.poll() is not None)
    assert demo.health(url) == "up"
    until(lambda: "The day is played" in log.read_text())
    family = offspring(process.pid)
    assert len(family) >= 3  # server, worker, drill
    assert json.loads((log.parent / "demo-accounts.json").read_text())
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert not [pid for pid in family if Path(f"/proc/{pid}").exists()]
    assert "The city rests" in log.read_text()


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_part_that_dies_is_named_and_ends_the_demonstration(running_demo: Any) -> None:
    process, _, log = running_demo
    until(lambda: "The day is played" in log.read_text() or process.poll() is not None)
    workers = [
        pid for pid in offspring(process.pid) if b"\0worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(workers[0], signal.SIGKILL)
    assert process.wait(30) == 1
    assert "the worker was ended by SIGKILL; ending the rest" in log.read_text()


def test_time_in_the_city_runs_at_its_speed() -> None:
    made = clock.FastClock(start=LATER, since=clock.now() - timedelta(seconds=10), speed=60)
    assert made() - LATER >= timedelta(minutes=10)
