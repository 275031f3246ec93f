"""Child processes that live and end together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

GRACE_S = 8.0
TICK_S = 0.2
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Child:
    """A program to keep running; ``may_end`` when coming to its end is no fault."""

    name: str
    command: Sequence[str]
    may_end: bool = False


@dataclass
class Household:
    """The children that run, in the order in which they were started, and whether they are to stop."""

    running: list[tuple[Child, subprocess.Popen[bytes]]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self, child: Child) -> None:
        """Start a child in a process group of its own, so that Ctrl-C reaches only us and we end it in order."""
        process = subprocess.Popen(
            child.command,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # one thread runs at this point
        )
        self.running.append((child, process))

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask for the end; also the handler of signals."""
        self.stopping.set()

    def watch(self, each_tick: Callable[[], None] = lambda: None) -> int:
        """Wait until told to stop or until a child ends by itself; return the exit code."""
        while not self.stopping.wait(TICK_S):
            for child, process in list(self.running):
                code = process.poll()
                if code is None:
                    continue
                if not (child.may_end and code == 0):
                    print(f"bihuan: the {child.name} {why_ended(code)}; ending the rest.", file=sys.stderr)
                    return 1
                self.running.remove((child, process))
            each_tick()
        return 0

    def end(self, grace_s: float = GRACE_S) -> None:
        """End every child: ask, wait ``grace_s`` seconds in all, then kill its whole group."""
        for _, process in self.running:
            process.terminate()
        until = time.monotonic() + grace_s
        for _, process in self.running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until - time.monotonic()))
            # What the child itself started dies with it, whether or not the child ended in time.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()


@contextmanager
def household() -> Iterator[Household]:
    """Give a household that Ctrl-C and SIGTERM stop, and end its children whatever happens."""
    home = Household()
    before = {number: signal.signal(number, home.stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield home
    finally:
        home.end()
        for number, handler in before.items():
            signal.signal(number, handler)


def run_together(children: Sequence[Child]) -> int:
    """Run children until told to stop or one of them ends; return the exit code."""
    with household() as home:
        for child in children:
            home.start(child)
        return home.watch()


def why_ended(code: int) -> str:
    """Say in words what an exit code means."""
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended by itself with code {code}"


def die_with_parent() -> None:
    """Let the kernel end this process when its parent is gone, even if that was killed (Linux only)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
