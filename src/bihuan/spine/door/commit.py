"""Group commit: requests that arrive while a commit is in flight share the next one.

All state belongs to the event loop's thread; one writer thread gets batches and gives back results.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from time import monotonic
from typing import NamedTuple

from django.utils.translation import gettext_noop

from bihuan.kernel.errors import Busy
from bihuan.spine.door.faults import Fault, Unfit
from bihuan.spine.door.intake import Row
from bihuan.spine.door.store import Saved, Store

log = logging.getLogger(__name__)

MAX_WAITING = 20_000
MAX_WAITING_BYTES = 64 * 1024 * 1024
MAX_BATCH = 512
FIRST_DELAY_S = 0.1
LAST_DELAY_S = 5.0
CHECK_S = 3.0

NOT_NOW = gettext_noop("The door can't take this now. Please try again.")

Outcome = Saved | Exception


class _Waiting(NamedTuple):
    row: Row
    size: int
    answer: "asyncio.Future[Saved]"


class _Result(NamedTuple):
    outcomes: list[Outcome]
    is_away: bool


class GroupCommit:
    """Takes rows from many requests at once and answers each when it is durable.

    Parameters
    ----------
    open_store : makes the store; it is used by the writer thread only.
    max_waiting : how many rows may wait before more are refused.
    max_bytes : how many bytes of bodies may wait.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        *,
        max_waiting: int = MAX_WAITING,
        max_bytes: int = MAX_WAITING_BYTES,
    ) -> None:
        self._open_store = open_store
        self._max_waiting = max_waiting
        self._max_bytes = max_bytes
        self._waiting: list[_Waiting] = []
        self._bytes = 0
        self._flying: list[_Waiting] | None = None
        self._todo: queue.SimpleQueue[list[Row] | None] = queue.SimpleQueue()
        self._landed = asyncio.Event()  # cleared exactly while a batch is in flight
        self._landed.set()
        self._is_closing = False
        self._delay_s = 0.0
        self._down_since = 0.0
        self._writer: threading.Thread | None = None

    # --- What requests see -------------------------------------------------------------------

    async def save(self, row: Row, size: int = 0) -> Saved:
        """Return when the row is durable.

        Raises
        ------
        Busy
            when too much is waiting, the database is away, or the door is closing: nothing was taken in.
        Unfit
            when the database can't keep this row.
        """
        if self._is_closing or self._delay_s or len(self._waiting) >= self._max_waiting:
            raise self._busy()
        if self._bytes + size > self._max_bytes:
            raise self._busy()
        answer: asyncio.Future[Saved] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(row, size, answer))
        self._bytes += size
        if self._flying is None and len(self._waiting) == 1:
            # At the end of this turn of the loop: what has come at the same moment shares the commit.
            asyncio.get_running_loop().call_soon(self._try_now)
        return await answer

    def _busy(self) -> Busy:
        return Busy(
            gettext_noop("The door can't take this now. Please try again."),
            retry_after_s=max(1, round(self._delay_s)),
        )

    @property
    def waiting_count(self) -> int:
        """How many rows wait for a commit or are in one."""
        return len(self._waiting) + len(self._flying or ())

    async def check(self) -> bool:
        """Say whether the database takes a write now."""
        if self._flying is None and not self._delay_s:
            self._hand_over()
        try:
            async with asyncio.timeout(CHECK_S):
                while self._flying is not None:
                    await self._landed.wait()
        except TimeoutError:
            return False
        return not self._delay_s

    # --- Start and end -----------------------------------------------------------------------

    def start(self) -> None:
        """Start the writer; called with the event loop running."""
        loop = asyncio.get_running_loop()
        self._writer = threading.Thread(target=self._write_all, args=[loop], name="door-writer", daemon=True)
        self._writer.start()

    async def close(self) -> None:
        """Refuse what is new, store what waits, end the writer."""
        self._is_closing = True
        self._try_now()
        while self._flying is not None:
            await self._landed.wait()
        self._todo.put(None)
        if self._writer is not None:
            await asyncio.to_thread(self._writer.join)

    # --- On the loop -------------------------------------------------------------------------

    def _hand_over(self) -> None:
        """Give the writer the next batch; an empty one tries whether the database is there."""
        self._flying, self._waiting = self._waiting[:MAX_BATCH], self._waiting[MAX_BATCH:]
        self._landed.clear()
        self._todo.put([waiting.row for waiting in self._flying])

    def _try_now(self) -> None:
        if self._flying is None and self._waiting:
            self._hand_over()

    def _land(self, result: _Result) -> None:
        landed, self._flying = self._flying or [], None
        for waiting, outcome in zip(landed, result.outcomes, strict=True):
            self._tell(waiting, outcome)
        self._note_weather(result.is_away)
        self._landed.set()
        self._try_now()

    def _tell(self, waiting: _Waiting, outcome: Outcome) -> None:
        self._bytes -= waiting.size
        if waiting.answer.done():
            return  # the client went away; its row is kept all the same
        if isinstance(outcome, Exception):
            waiting.answer.set_exception(outcome)
        else:
            waiting.answer.set_result(outcome)

    def _note_weather(self, is_away: bool) -> None:
        if not is_away:
            if self._delay_s:
                log.warning("the database is back after %.1f s", monotonic() - self._down_since)
            self._delay_s = 0.0
            return
        self._down_since = self._down_since if self._delay_s else monotonic()
        self._delay_s = min(LAST_DELAY_S, self._delay_s * 2 or FIRST_DELAY_S)
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            self._tell(one, self._busy())
        asyncio.get_running_loop().call_later(self._delay_s, self._try_again)

    def _try_again(self) -> None:
        if self._flying is None and not self._is_closing:
            self._hand_over()

    # --- In the writer's thread --------------------------------------------------------------

    def _write_all(self, loop: asyncio.AbstractEventLoop) -> None:
        store = self._open_store()
        while (rows := self._todo.get()) is not None:
            loop.call_soon_threadsafe(self._land, self._write(store, rows))
        store.close()

    def _write(self, store: Store, rows: list[Row]) -> _Result:
        try:
            return _Result(list(store.write(rows)), is_away=False)
        except store.row_errors:
            return self._write_singly(store, rows)
        except Exception as error:
            return self._lose(store, len(rows), error)

    def _write_singly(self, store: Store, rows: Sequence[Row]) -> _Result:
        """One row spoilt the batch: find it, so that the others are kept."""
        outcomes: list[Outcome] = []
        for row in rows:
            try:
                outcomes += store.write([row])
            except store.row_errors as error:
                log.error("a row can't be kept: %s", type(error).__name__)
                outcomes.append(Unfit([Fault("body", "store")]))
            except Exception as error:
                lost = self._lose(store, len(rows) - len(outcomes), error)
                return _Result(outcomes + lost.outcomes, is_away=True)
        return _Result(outcomes, is_away=False)

    def _lose(self, store: Store, count: int, error: Exception) -> _Result:
        """The database is away. What was in flight may be there or not: nobody is told that it is."""
        log.warning("the database is away: %s: %s", type(error).__name__, error)
        store.close()
        return _Result([self._busy() for _row in range(count)], is_away=True)
