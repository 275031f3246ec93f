"""One solver on one problem in a process of its own: its memory is its own, and it is ended when it is late.

``ask`` starts it; it reads and compiles first, then its clock begins to run.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from bihuan.engines.routing import Budget, Plan, Problem, solve
from bihuan.engines.routing.vrplib import read_vrplib
from tests.bench.routing_peers import SOLVERS, Ask

ROOT = Path(__file__).resolve().parents[2]
LATE = 2
"""After so many times its budget a solver is ended."""
WARM_UP = 1_000


class Order(msgspec.Struct):
    """What the process is to do, and the file for its answer."""

    file: str
    solver: str
    seconds: float
    seed: int
    threads: int
    clock: str
    answer: str = ""


class Answer(msgspec.Struct):
    """A plan, the seconds and the memory it took, and how the cost went; or why there is none."""

    plan: Plan | None = None
    took_s: float = 0.0
    gb: float = 0.0
    track: list[tuple[float, int]] = []
    why: str = ""


def ask(order: Order) -> Answer:
    """Let a solver work in a process of its own, and wait for its answer."""
    with tempfile.TemporaryDirectory() as folder:
        order.answer = str(Path(folder) / "answer.json")
        command = [sys.executable, "-m", "tests.bench.routing_child", msgspec.json.encode(order).decode()]
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        # What stood when it was ended counts.
        if Path(order.answer).exists():
            return msgspec.json.decode(Path(order.answer).read_bytes(), type=Answer)
    return Answer(gb=used.ru_maxrss / 1e6, why=why_none(child.returncode, order.seconds))


def why_none(code: int, seconds: float) -> str:
    """Return in words why a process left no answer, by how it ended."""
    if code in (0, -signal.SIGALRM, -signal.SIGPROF):
        return f"none within {seconds if code == 0 else LATE * seconds:g} s"
    return "ended by the machine, which is short of memory" if code == -signal.SIGKILL else f"failed: {code}"


def main() -> None:
    """Solve what the command line says."""
    order = msgspec.json.decode(sys.argv[1], type=Order)
    problem = read_vrplib(Path(order.file).read_text())
    warm_up(order, problem)
    threads = order.threads if order.solver in ("ours", "vroom") else 1
    clock = clock_of(order.clock, threads)
    end_when_late(order, threads)
    track: list[tuple[float, int]] = []
    began = clock()

    def tell(cost: int) -> None:
        track.append((round(clock() - began, 3), int(cost)))

    for plan in SOLVERS[order.solver](Ask(problem, order.seconds, order.seed, threads, clock, tell)):
        tell(plan.cost)
        save(order, Answer(plan, clock() - began, peak_gb(), track))


def warm_up(order: Order, problem: Problem) -> None:
    """Import, and compile or read from the cache, outside the budget."""
    if order.solver == "ours":
        # By work, not by seconds: compiling would use those up before every part was asked for.
        solve(problem, Budget(iterations=WARM_UP), 1, order.threads)
    elif order.solver == "ortools":
        import ortools.constraint_solver.pywrapcp  # noqa: F401
    else:
        __import__(order.solver)


def clock_of(name: str, threads: int) -> Callable[[], float]:
    """Return the clock that a budget runs on."""
    return time.monotonic if name == "wall" else lambda: time.process_time() / threads


def end_when_late(order: Order, threads: int) -> None:
    """Have the kernel end this process: a solver deep in C++ would hear nobody else."""
    for number in (signal.SIGALRM, signal.SIGPROF):
        signal.signal(number, signal.SIG_DFL)
    if order.clock == "wall":
        signal.setitimer(signal.ITIMER_REAL, LATE * order.seconds)
    else:
        signal.setitimer(signal.ITIMER_PROF, LATE * order.seconds * threads)


def peak_gb() -> float:
    """Return the most memory this process has held.

    ``ru_maxrss`` begins with what the process that started this one held, so Linux is asked for the figure itself.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    found = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return (found or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss])[0] / 1e6


def save(order: Order, answer: Answer) -> None:
    """Write the answer whole or not at all."""
    half = Path(order.answer + ".half")
    half.write_bytes(msgspec.json.encode(answer))
    half.replace(order.answer)


if __name__ == "__main__":
    main()
