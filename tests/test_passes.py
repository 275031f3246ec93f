"""How the two passes of the suite are told as one."""

from collections import Counter
from pathlib import Path

import pytest

from tests import passes, postgres
from tests.passes import Pass

pytestmark = pytest.mark.once

RECORD = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><failure message="no"/></testcase>
<testcase name="c"><error message="x"/></testcase>
<testcase name="d"><skipped message="Chromium is not installed"/></testcase>
<testcase name="e"><skipped message="Chromium is not installed"/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.xml"
    path.write_text(RECORD)
    return path


def test_a_record_is_counted_and_reasons_are_grouped(record: Path) -> None:
    read = passes.read_record("SQLite", 1, record)
    assert read.counts == {"passed": 1, "failed": 1, "errors": 1, "skipped": 2}
    assert read.skipped == {"Chromium is not installed": 2}
    assert read.code == 1


def test_a_pass_that_left_no_record_counts_as_an_error(tmp_path: Path) -> None:
    assert passes.read_record("SQLite", 3, tmp_path / "none.xml").counts["errors"] == 1


def test_nothing_selected_is_no_failure(record: Path) -> None:
    assert passes.read_record("PostgreSQL", passes.NO_TESTS, record).code == 0


def test_the_last_line_is_the_sum_of_both() -> None:
    first = Pass("SQLite", counts=Counter(passed=5, skipped=1), skipped=Counter({"only on PostgreSQL": 1}))
    second = Pass("PostgreSQL", 1, counts=Counter(passed=3, failed=2))
    lines = passes.account([first, second])
    assert lines[-1] == "8 passed, 2 failed, 1 skipped"
    assert "     1 × only on PostgreSQL" in lines


def test_without_a_server_the_whole_pass_is_told_as_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "find_programs", lambda: None)
    told = "\n".join(passes.account([passes.on_postgres([])]))
    assert "the whole pass: no PostgreSQL server is installed" in told


def test_a_server_that_does_not_start_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "initdb"
    broken.write_text("#!/bin/sh\necho out of order >&2\nexit 1\n")
    for path in (broken, tmp_path, *tmp_path.parents[:3]):
        path.chmod(0o755)
    monkeypatch.setattr(postgres, "find_programs", lambda: tmp_path)
    assert passes.on_postgres([]).code == 1


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [(["-q"], ["-q", "-m", "not slow"]), (["-m", "browser"], ["-m", "(browser) and not slow"])],
)
def test_marks_asked_for_are_kept(asked: list[str], wanted: list[str]) -> None:
    assert passes.with_marks(asked, "not slow") == wanted


def test_a_broken_off_pass_ends_the_run() -> None:
    assert passes.stopped([Pass("SQLite", 2)])
    assert not passes.stopped([Pass("SQLite", 1)])


def test_the_parts_of_a_pass_are_added_up() -> None:
    plain = Pass("SQLite", counts=Counter(passed=5), skipped=Counter({"no nginx": 1}))
    browser = Pass("SQLite", 1, Counter(passed=2, failed=1), Counter({"no nginx": 2}))
    whole = passes.together("SQLite", [plain, browser])
    assert (whole.code, whole.counts, whole.skipped) == (1, {"passed": 7, "failed": 1}, {"no nginx": 3})


FAILS_ONCE = """
from pathlib import Path
import pytest

@pytest.mark.parametrize("n", range({count}))
def test_late(n):
    seen = Path({folder!r}) / str(n)
    first = not seen.exists()
    seen.touch()
    assert n >= {bad} or not ({always} or first)
"""


def _part(folder: Path, **said: int | bool) -> Pass:
    test = folder / "test_late.py"
    test.write_text(FAILS_ONCE.format(folder=str(folder), **said))
    return passes.run_part(
        "SQLite", [str(test), "-q", "-p", "no:django", "-c", "/dev/null", "--rootdir", str(folder)], {}
    )


def test_a_test_that_is_late_once_is_tried_again_and_named(tmp_path: Path) -> None:
    part = _part(tmp_path, count=5, bad=2, always=False)
    assert (part.code, part.counts["passed"], part.counts["failed"]) == (0, 5, 0)
    told = passes.account([part])
    assert sum("Passed only at the second try on SQLite: test_late::test_late[" in line for line in told) == 2


def test_a_test_that_fails_twice_is_a_failure(tmp_path: Path) -> None:
    part = _part(tmp_path, count=5, bad=1, always=True)
    assert (part.code, part.counts["passed"], part.counts["failed"]) == (1, 4, 1)


def test_many_failures_are_not_tried_again(tmp_path: Path) -> None:
    part = _part(tmp_path, count=6, bad=4, always=False)
    assert (part.code, part.counts["failed"]) == (1, 4)
