"""A progress bar on a terminal; silent elsewhere."""

import time
from typing import Protocol

WIDTH = 32
EVERY_S = 0.2


class Terminal(Protocol):
    """What the bar is drawn on: Django's wrapper of standard error."""

    def write(self, msg: str, *, ending: str) -> None: ...

    def isatty(self) -> bool: ...


class Bar:
    """Counts up to ``total`` and redraws itself a few times a second."""

    def __init__(self, out: Terminal, total: int) -> None:
        self._out, self._total = out, total
        self._count, self._drawn_s = 0, 0.0
        self._shown = out.isatty()

    def add(self, count: int) -> None:
        """Go on by ``count``."""
        self._count += count
        if self._shown and time.monotonic() - self._drawn_s > EVERY_S:
            self._draw()

    def end(self) -> None:
        """Draw the last state and begin a new line."""
        if self._shown:
            self._draw()
            self._out.write("", ending="\n")

    def _draw(self) -> None:
        share = min(1.0, self._count / self._total) if self._total else 1.0
        filled = round(WIDTH * share)
        line = f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%}  {self._count:,} of {self._total:,}"
        self._out.write(line, ending="")
        self._drawn_s = time.monotonic()
