"""What the services need, read again every few seconds, so that a request costs no query for it."""

import asyncio
import logging
from contextlib import suppress

from bihuan.spine.door.needs import Services, Source
from bihuan.spine.door.threads import drop_dead_connection

log = logging.getLogger(__name__)

FRESH_S = 10.0
RETRY_S = 1.0


class Menu:
    """Holds the latest needs; ``services`` is ``None`` until they were read once."""

    def __init__(self, source: Source, *, fresh_s: float = FRESH_S) -> None:
        self.services: Services | None = None
        self._source = source
        self._fresh_s = fresh_s
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Read once, then keep reading. A database that is away now is no reason not to start."""
        await self._refresh()
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Stop reading."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(RETRY_S if self.services is None else self._fresh_s)
            await self._refresh()

    async def _refresh(self) -> None:
        try:
            self.services = await asyncio.to_thread(self._read)
        except Exception as error:
            log.warning("what the services need can't be read: %s", error)

    def _read(self) -> Services:
        # The connection of a thread that slept may have died in the meantime.
        drop_dead_connection()
        return self._source()
