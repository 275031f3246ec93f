"""Runs the suite: a pass on SQLite, a pass on PostgreSQL where a server is found, and one account of both.

Standard library only. ``./run test`` arrives here.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
WORKERS = "2"
FEW = 3  # so many failures are tried once more
NO_TESTS = 5  # pytest's exit code when nothing was selected
FAST = "not slow and not browser"
ONLY_SQLITE = "not once"
# The browser's driver keeps an event loop in the thread of the tests, where a test's own loop can't run.
PARTS = ("not browser", "browser")


@dataclass
class Pass:
    """What one pass came to. ``skipped`` counts reasons; ``code`` is pytest's.

    ``broken`` names what failed, ``mended`` what failed at first and passed at the second try.
    """

    name: str
    code: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Return ``N passed, N failed``, and what else there was."""
        words = [f"{self.counts['passed']} passed", f"{self.counts['failed']} failed"]
        words += [
            f"{self.counts[k]} {word}"
            for k, word in (("errors", "errors"), ("skipped", "skipped"))
            if self.counts[k]
        ]
        return ", ".join(words)


def parse(argv: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Split our own arguments from pytest's."""
    parser = argparse.ArgumentParser(prog="./run test", description="Every other argument goes to pytest.")
    parser.add_argument("--fast", action="store_true", help="no browser, nothing slow, SQLite only")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], help="one of the two passes")
    return parser.parse_known_args(argv)


def run_pass(name: str, arguments: list[str], environment: dict[str, str]) -> Pass:
    """Run pytest once for each part; stop early when one is broken off."""
    print(f"\n=== The suite on {name} ===", flush=True)
    parts: list[Pass] = []
    with tempfile.TemporaryDirectory(prefix="bihuan-made-") as made:
        for marks in PARTS:
            if not stopped(parts):
                theirs = environment | {"BIHUAN_TEST_MADE": made}
                parts.append(run_part(name, with_marks(arguments, marks), theirs))
    return together(name, parts)


def run_part(name: str, arguments: list[str], environment: dict[str, str]) -> Pass:
    """Run pytest; the few tests that failed are tried once more, one after the other, and named at the end.

    Servers, browsers and databases share the machine with the tests, and now and then one of them is late. A test
    that fails twice is a failure, and so is everything where more than a few fail.
    """
    with tempfile.TemporaryDirectory(prefix="bihuan-pass-") as folder:
        arguments = [*arguments, "-o", f"cache_dir={folder}/cache"]
        first = run_once(name, arguments, environment, Path(folder))
        if first.code != 1 or len(first.broken) > FEW:
            return first
        print(f"\n=== Once more, alone: {', '.join(first.broken)} ===", flush=True)
        again = ["-n", "0", "--last-failed", "--last-failed-no-failures", "none"]
        return after_both(first, run_once(name, [*arguments, *again], environment, Path(folder)))


def run_once(name: str, arguments: list[str], environment: dict[str, str], folder: Path) -> Pass:
    """Run pytest and read its own record of what happened."""
    record = folder / "record.xml"
    record.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", f"--junitxml={record}", *arguments]
    return read_record(name, wait_for(command, os.environ | environment), record)


def after_both(first: Pass, second: Pass) -> Pass:
    """Return what the first try came to with the second one's word on what failed in it."""
    if second.code or second.counts["passed"] < len(first.broken):
        return first
    counts = Counter(passed=first.counts["passed"] + len(first.broken), skipped=first.counts["skipped"])
    return Pass(first.name, 0, counts, first.skipped, mended=first.broken)


def together(name: str, parts: list[Pass]) -> Pass:
    """Add the parts of a pass up; its code is the first that is not 0."""
    return Pass(
        name,
        next((part.code for part in parts if part.code), 0),
        sum((part.counts for part in parts), Counter()),
        sum((part.skipped for part in parts), Counter()),
        [name for part in parts for name in part.broken],
        [name for part in parts for name in part.mended],
    )


def wait_for(command: list[str], environment: dict[str, str]) -> int:
    """Run a program to its end; Ctrl-C and SIGTERM reach it as Ctrl-C, so that it can put its things away."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    signal.signal(signal.SIGTERM, lambda number, frame: process.send_signal(signal.SIGINT))
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the terminal has told it too


def read_record(name: str, code: int, record: Path) -> Pass:
    """Count what a JUnit record tells; without one pytest did not come to its end."""
    result = Pass(name, 0 if code == NO_TESTS else code)
    if not record.exists():
        result.counts["errors"] += 1
        return result
    for case in ElementTree.parse(record).iter("testcase"):
        ends = {child.tag: child for child in case}
        if "skipped" in ends:
            result.counts["skipped"] += 1
            result.skipped[ends["skipped"].get("message") or "no reason given"] += 1
        elif "failure" in ends or "error" in ends:
            result.counts["failed" if "failure" in ends else "errors"] += 1
            result.broken.append(f"{case.get('classname')}::{case.get('name')}")
        else:
            result.counts["passed"] += 1
    return result


def on_postgres(arguments: list[str]) -> Pass:
    """Run the pass on a server of our own; where there is none, the whole pass counts as skipped."""
    try:
        with postgres.running() as server:
            return run_pass("PostgreSQL", arguments, {"BIHUAN_DATABASE_URL": server.url("bihuan")})
    except postgres.NoServer as error:
        return Pass("PostgreSQL", skipped=Counter({f"the whole pass: {error}": 1}))
    except postgres.Broken as error:
        print(error, file=sys.stderr)
        return Pass("PostgreSQL", code=1, counts=Counter(errors=1))


def with_marks(arguments: list[str], marks: str) -> list[str]:
    """Add a condition to the marks asked for on the command line, if any."""
    if "-m" not in arguments:
        return [*arguments, "-m", marks]
    at = arguments.index("-m") + 1
    return [*arguments[:at], f"({arguments[at]}) and {marks}", *arguments[at + 1 :]]


def run(argv: list[str]) -> list[Pass]:
    """Run the passes that were asked for."""
    ours, theirs = parse(argv)
    if not any(each.startswith("-n") for each in theirs):
        theirs = ["-n", WORKERS, "--dist", "loadfile", *theirs]
    if ours.fast:
        theirs = with_marks(theirs, f"({FAST})")
    passes = []
    if ours.only != "postgresql":
        passes.append(run_pass("SQLite", theirs, {"BIHUAN_DATABASE_URL": ""}))
    if ours.only != "sqlite" and not ours.fast and not stopped(passes):
        passes.append(on_postgres(with_marks(theirs, ONLY_SQLITE)))
    return passes


def stopped(passes: list[Pass]) -> bool:
    """Say whether a pass was broken off (Ctrl-C, or arguments pytest does not know)."""
    return any(each.code in (2, 3, 4) for each in passes)


def account(passes: list[Pass]) -> list[str]:
    """Return the closing lines: what was skipped and why, each pass, and the sum as the last one."""
    lines = [""]
    for each in passes:
        if each.skipped:
            lines.append(f"Skipped on {each.name}:")
            lines += [f"  {count:4} × {reason}" for reason, count in each.skipped.most_common()]
    for each in passes:
        lines += [f"Passed only at the second try on {each.name}: {name}" for name in each.mended]
    if len(passes) > 1:
        lines += [f"{each.name}: {each.line()}" for each in passes]
    total = Pass("all", counts=sum((each.counts for each in passes), Counter()))
    return [*lines, total.line()]


def main(argv: list[str]) -> int:
    """Run the suite; return 0 only when every pass ended well."""
    try:
        passes = run(argv)
    except KeyboardInterrupt:
        return 130
    print("\n".join(account(passes)), flush=True)
    return next((each.code for each in passes if each.code), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
