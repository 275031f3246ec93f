"""What waits for other people's servers, beside the worker's rounds: one thread for each of them.

A gateway that hangs keeps its own thread and nothing else: clocks, triage and the other channels go on.
"""

import time
from functools import partial
from threading import Thread

from django.conf import settings
from django.db import connection
from django.db.models import Q

from bihuan.spine.cases import mailbox
from bihuan.spine.cases.rounds import Rounds, Step
from bihuan.spine.messages.channels import apprise
from bihuan.spine.messages.channels.choosing import switched_on
from bihuan.spine.messages.pictures import fetching
from bihuan.spine.messages.sending import NEAR, send_due

PATIENCE_S = 3.0


def lanes() -> list[Step]:
    """Return what is done beside the rounds, each in a thread of its own."""
    far = [way.name for way in switched_on() if not way.is_immediate and way.name not in NEAR]
    if apprise.Apprise.name in far:
        apprise.ways()  # a worker that could tell nobody had better not start
    sending = [Step(f"send {name}", partial(send_due, among=Q(channel=name)), every_s=0.5) for name in far]
    # What waits on a channel that was switched off meanwhile.
    rest = partial(send_due, among=~Q(channel__in=[*NEAR, *far]))
    reading = [Step("mailbox", mailbox.look, every_s=30)] if settings.BIHUAN_IMAP_HOST else []
    return [
        *sending,
        Step("send the rest", rest, every_s=5),
        *reading,
        Step("pictures", fetching.fetch_due, every_s=2),
    ]


class Beside:
    """The threads beside a worker's rounds."""

    def __init__(self, todo: list[Step]) -> None:
        self._rounds = [Rounds([step]) for step in todo]
        # Daemons: one that hangs must not keep the worker from ending. What it holds comes back with its lease.
        self._threads = [
            Thread(target=_go, args=(one,), name=one.todo[0].name, daemon=True) for one in self._rounds
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self, patience_s: float = PATIENCE_S) -> list[str]:
        """Finish what is in hand; return the names of those that did not in time."""
        for one in self._rounds:
            one.stopping.set()
        until = time.monotonic() + patience_s
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return [thread.name for thread in self._threads if thread.is_alive()]


def _go(rounds: Rounds) -> None:
    try:
        rounds.run()
    finally:
        connection.close()
