import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bihuan.config.processes import Child, Household, household, run_together, why_ended

pytestmark = pytest.mark.once


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def wait_for_file(path: Path, within_s: float = 20) -> str:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if path.exists() and path.read_text():
            return path.read_text()
        time.sleep(0.02)
    raise AssertionError(f"{path} was never written")


def test_a_child_that_dies_ends_the_others_and_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    with household() as home:
        home.start(Child("sleeper", python("import time; time.sleep(600)")))
        home.start(Child("clerk", python("import sys; sys.exit(7)")))
        sleeper = home.running[0][1]
        assert home.watch() == 1
    assert sleeper.poll() is not None
    assert "the clerk ended by itself with code 7" in capfd.readouterr().err


def test_a_child_that_may_end_does_not_end_the_others() -> None:
    with household() as home:
        home.start(Child("sleeper", python("import time; time.sleep(600)")))
        home.start(Child("drill", python("pass"), may_end=True))
        home.running[1][1].wait(20)
        ticks = iter(range(100))
        assert home.watch(lambda: home.stop() if next(ticks) == 2 else None) == 0
        assert [child.name for child, _ in home.running] == ["sleeper"]


def test_a_child_that_may_end_still_must_not_fail() -> None:
    assert run_together([Child("drill", python("raise SystemExit(3)"), may_end=True)]) == 1


def test_a_child_that_ignores_the_request_is_killed_with_what_it_started(tmp_path: Path) -> None:
    told = tmp_path / "pids"
    stubborn = (
        "import os, signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f"open({str(told)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}'); time.sleep(600)"
    )
    home = Household()
    home.start(Child("stubborn", python(stubborn)))
    pids = [int(pid) for pid in wait_for_file(told).split()]
    home.end(grace_s=0.3)
    time.sleep(0.2)
    assert not any(map(is_alive, pids))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_every_child(tmp_path: Path, number: signal.Signals) -> None:
    told = tmp_path / "pid"
    child = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    parent = (
        "from bihuan.config.processes import Child, run_together; import sys;"
        f"sys.exit(run_together([Child('child', [sys.executable, '-c', {child!r}])]))"
    )
    process = subprocess.Popen(python(parent))
    pid = int(wait_for_file(told))
    process.send_signal(number)
    assert process.wait(20) == 0
    assert not is_alive(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent is gone")
def test_children_do_not_outlive_a_parent_that_was_killed(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    child = f"import os, time; open({str(told)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    parent = (
        "from bihuan.config.processes import Child, run_together; import sys;"
        f"run_together([Child('child', [sys.executable, '-c', {child!r}])])"
    )
    process = subprocess.Popen(python(parent))
    pid = int(wait_for_file(told))
    process.kill()
    process.wait()
    until = time.monotonic() + 10
    while is_alive(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(pid)


def test_signals_are_as_before_when_the_household_is_gone() -> None:
    assert threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGTERM)
    with household():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_the_end_is_told_in_words() -> None:
    assert why_ended(-9) == "was ended by SIGKILL"
    assert "code 2" in why_ended(2)
