"""``bihuan worker``: opens Cases, watches clocks, seals the audit, sends messages, counts figures."""

import gc
import signal
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bihuan.spine.cases.beside import Beside, lanes
from bihuan.spine.cases.rounds import Rounds, steps


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C; a step under way is finished first."""

    help = "Open cases, watch the clocks, seal the audit, send messages, count figures, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do everything that is due, then end; 1 if a step failed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            do_all(Rounds([*steps(), *lanes()]))
            return
        rounds, beside = Rounds(steps()), Beside(lanes())

        def stop(number: int, frame: FrameType | None) -> None:
            rounds.stopping.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)
        rounds.round()
        # What is loaded by now stays for good; the collector need not walk through it again and again.
        gc.freeze()
        beside.start()
        rounds.run()
        beside.stop()


def do_all(rounds: Rounds) -> None:
    """Go round until nothing is left that is due now."""
    while rounds.round() and not rounds.has_failed:
        pass
    if rounds.has_failed:
        raise CommandError("A step failed; the log says which.")
