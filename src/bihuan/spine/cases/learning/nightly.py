"""The nightly training: a process of its own, so that the worker goes on with its rounds meanwhile."""

import os
import subprocess
import sys
from datetime import datetime, time, timedelta
from time import monotonic

from django.conf import settings
from django.utils import timezone

from bihuan.kernel import clock
from bihuan.spine.cases.models import Figures

NAME = "training"
COMMAND = (sys.executable, "-m", "django", "train")
LONGEST_S = 1_800
NICER = 10


class Night:
    """At most one training under way; begun once a night, by whichever worker is first; ended if it takes too long."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None
        self._until_s = 0.0

    def step(self) -> int:
        """Begin the night's training when it is time, and look after one that runs; return how many were begun."""
        self._look_after()
        if self._running is not None or not is_due():
            return 0
        self._running = subprocess.Popen(
            COMMAND,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            preexec_fn=_step_back,  # noqa: PLW1509  # one call to the kernel, no lock is taken
        )
        self._until_s = monotonic() + LONGEST_S
        return 1

    def _look_after(self) -> None:
        if self._running is None or self._running.poll() is not None:
            self._running = None
            return
        if monotonic() > self._until_s:
            self._running.kill()
            self._running.wait()
            self._running = None


def _step_back() -> None:
    """Let everything else on the machine go first."""
    os.nice(NICER)


def is_due() -> bool:
    """Say whether tonight's training has not been begun, and claim it: the row count decides between workers."""
    begins = last_beginning(clock.now())
    if begins is None:
        return False
    Figures.objects.get_or_create(name=NAME, defaults={"values": {}, "counted_at": clock.now()})
    claimed = Figures.objects.filter(name=NAME, counted_at__lt=begins)
    return bool(claimed.update(counted_at=clock.now()))


def last_beginning(now: datetime) -> datetime | None:
    """Return when a training last was to begin, or None where the setting wants none."""
    if not settings.BIHUAN_TRAIN_AT:
        return None
    local = timezone.localtime(now)
    today = datetime.combine(local.date(), time.fromisoformat(settings.BIHUAN_TRAIN_AT), local.tzinfo)
    return today if today <= local else today - timedelta(days=1)
