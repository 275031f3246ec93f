"""The worker's rounds: each step by itself, so that one that fails keeps no other from its work.

A step that fails is tried again a little later, each time later than before, up to a bound; that is also how a
database is met that is away for a while. What a killed worker had under way is rolled back, and done later.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Event

from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.models import Q

from bihuan.spine.accounts.models import Agency
from bihuan.spine.audit.sealing import seal_once
from bihuan.spine.cases import deadlines, figures, telling, triage
from bihuan.spine.cases.afteraction import reports
from bihuan.spine.cases.banners import actions as banners
from bihuan.spine.cases.closing import counting, publishing
from bihuan.spine.cases.ladder import climbing, watch
from bihuan.spine.cases.learning import nightly
from bihuan.spine.cases.promises import recount
from bihuan.spine.cases.registry import registry
from bihuan.spine.cases.services import write_services
from bihuan.spine.cases.sorting import trials
from bihuan.spine.cases.surge import bulk, loads, shelf
from bihuan.spine.cases.twins.pairing import find_pairs
from bihuan.spine.messages.conversations import remembering
from bihuan.spine.messages.drills.closing import close_over
from bihuan.spine.messages.pictures import fetching
from bihuan.spine.messages.sending import NEAR, send_due
from bihuan.spine.messages.webhooks.delivering import Courier, forget_old
from bihuan.spine.messages.webhooks.feeding import feed

IDLE_S = 0.2
BREATH_S = 0.01
FIRST_WAIT_S = 0.2
LONGEST_WAIT_S = 5.0
WATCH_S = 15
RECOUNT_SHARE = 0.5
NIGHT = nightly.Night()
COURIER = Courier()
REPORTS_SHARE = 0.4  # of the time goes into counting an after-action report, where one was asked for
FIGURES_SHARE = 0.2  # of the time, at most, goes into counting
TWINS_SHARE = 0.3  # and into looking for twins

ClockS = Callable[[], float]

log = logging.getLogger(__name__)


@dataclass
class Step:
    """One thing to do, at most every ``every_s`` seconds and at most for ``share`` of the time.

    ``run`` returns how much it did; a worker that found nothing to do rests.
    """

    name: str
    run: Callable[[], int | None]
    every_s: float = 0.0
    share: float = 1.0
    due_s: float = 0.0
    failures: int = 0

    def go(self, clock_s: ClockS) -> int:
        """Run if it is time; return how much was done."""
        began = clock_s()
        if began < self.due_s:
            return 0
        try:
            done = self.run() or 0
        except Exception as error:
            self._fail(error, clock_s)
            return 0
        self._succeed()
        self.due_s = began + max(self.every_s, (clock_s() - began) / self.share)
        return done

    def _fail(self, error: Exception, clock_s: ClockS) -> None:
        is_away = isinstance(error, OperationalError | InterfaceError)
        # The whole story once, then a line each time; of a database that is away there is no more to tell.
        # A database repeats the row that it refuses below its first line: what people wrote is not for the log.
        story = not (self.failures or is_away or isinstance(error, DatabaseError))
        words = str(error).partition("\n")[0]
        log.warning("%s failed: %s: %s", self.name, type(error).__name__, words, exc_info=story)
        self.due_s = clock_s() + min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**self.failures)
        self.failures += 1
        if isinstance(error, DatabaseError | InterfaceError):
            # The next step begins with a connection of its own.
            connection.close()

    def _succeed(self) -> None:
        if self.failures:
            log.warning("%s works again after %d tries.", self.name, self.failures)
        self.failures = 0


def steps() -> list[Step]:
    """Return what a worker does, in this order."""
    return [
        Step("heartbeat", beat, every_s=5),
        Step("services", offer_services, every_s=60),
        Step("triage", triage.open_cases),
        Step("breached", deadlines.mark_breached, every_s=1),
        Step("recount", recount.recount_some, share=RECOUNT_SHARE),
        Step("ladder", climbing.climb_due, every_s=1),
        Step("watch", watch.watch, every_s=WATCH_S),
        Step("trials", trials.advance, share=0.5),
        Step("close", deadlines.close_waited_out, every_s=1),
        Step("shelf", shelf.go_on, every_s=1),
        Step("bulk answers", bulk.forget_old, every_s=3600),
        Step("drills", close_over, every_s=1),
        Step("banners", banners.take_down_done, every_s=1),
        Step("telling", telling.tell_on),
        Step("twins", find_pairs, every_s=1, share=TWINS_SHARE),
        *(Step(step.name, step.run, every_s=step.every_s) for step in registry.steps.values()),
        Step("learn", NIGHT.step, every_s=30),
        Step("reports", reports.go_on, share=REPORTS_SHARE),
        Step("send", partial(send_due, among=Q(channel__in=NEAR))),
        Step("seal", seal_once, every_s=1),
        Step("webhooks", feed, every_s=1),
        Step("courier", COURIER.step, every_s=1),
        Step("old webhooks", forget_old, every_s=3600),
        Step("old conversations", remembering.forget_old, every_s=3600),
        Step("old pictures", fetching.forget_old, every_s=3600),
        Step("forecast", loads.count, every_s=30, share=FIGURES_SHARE),
        Step("figures", figures.count, every_s=3, share=FIGURES_SHARE),
        Step("rates", counting.count_due, every_s=20, share=FIGURES_SHARE),
        # In a large city a week takes seconds, and asks wait meanwhile: one at a time.
        Step("publish", partial(publishing.publish_due, 1), every_s=30, share=FIGURES_SHARE),
    ]


def beat() -> None:
    """Show that the worker lives."""
    figures.keep("worker", {})


def offer_services() -> None:
    """Write the services of a line that has been switched on; they need agencies to go to."""
    if Agency.objects.exists():
        write_services(registry.services.values())


class Rounds:
    """A worker's life: rounds until it is told to stop."""

    def __init__(self, todo: list[Step], clock_s: ClockS = time.monotonic) -> None:
        self.stopping = Event()
        self.todo = todo
        self._clock_s = clock_s

    def run(self) -> None:
        """Go round until told to stop, resting when there is nothing to do."""
        while not self.stopping.is_set():
            done = self.round()
            # Even with much to do a breath is taken: on SQLite the door waits for its turn to write.
            self.stopping.wait(BREATH_S if done else IDLE_S)

    def round(self) -> int:
        """Do each step once, if it is time; return how much was done."""
        done = 0
        for step in self.todo:
            if not self.stopping.is_set():
                done += step.go(self._clock_s)
        return done

    @property
    def has_failed(self) -> bool:
        """Whether a step's latest try failed."""
        return any(step.failures for step in self.todo)
