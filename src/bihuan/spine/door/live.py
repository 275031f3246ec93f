"""The live stream: what has happened since, in the order of the sealed log, one message a second for all.

One poll a second and process, one serialised message for every listener of a kind: listeners cost no database work.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple, Protocol, TypeVar

import msgspec

log = logging.getLogger(__name__)

TICK_S = 1.0
BEAT_S = 15.0
PAGE = 5000
MAX_CASES = 200  # more than a screen shows: past this a page reloads its list anyhow
MAX_GAP = 50_000  # positions; who was away longer is told to reload
QUEUE = 16  # messages a slow listener may lie behind before it is dropped
T = TypeVar("T")
BEAT = b": beat\n\n"


class Record(NamedTuple):
    """One Event at its place in the log."""

    position: int
    verb: str
    case_id: int | None
    agency_id: int | None


class Log(Protocol):
    """Where records come from. Both calls may block and are made in a thread."""

    def head(self) -> int:
        """Return the last position, 0 when there is none."""
        ...

    def after(self, position: int, limit: int) -> Sequence[Record]:
        """Return the records that follow a position, in order, at most ``limit``."""
        ...


class Message(NamedTuple):
    """What one tick says: to the public only how many of what, to the desk also which Cases."""

    public: bytes
    desk: bytes


class Listener:
    """One open stream: a bounded queue of messages."""

    def __init__(self, level: str) -> None:
        self.level = level
        self.is_over = False
        self._lines: deque[bytes] = deque()
        self._wake = asyncio.Event()

    def put(self, lines: bytes) -> bool:
        """Add a message; ``False`` when the listener lies too far behind and is let go."""
        if len(self._lines) >= QUEUE:
            self.end()
            return False
        self._lines.append(lines)
        self._wake.set()
        return True

    def put_first(self, lines: bytes) -> None:
        """Add what comes before all that the ticks have put in the meantime."""
        self._lines.appendleft(lines)
        self._wake.set()

    def end(self) -> None:
        """Let the stream come to its end."""
        self.is_over = True
        self._wake.set()

    async def next(self) -> bytes:
        """Return what has come, ``b""`` at the end."""
        while not (self._lines or self.is_over):
            self._wake.clear()
            await self._wake.wait()
        if self.is_over:
            return b""
        lines = b"".join(self._lines)
        self._lines.clear()
        return lines


def compose(records: Sequence[Record], position: int, *, is_partial: bool = False) -> Message:
    """Make one message of many records.

    Parameters
    ----------
    position : the last position that the message speaks for; a listener resumes after it.
    is_partial : whether records were left out, so that only a reload shows all.
    """
    cases = sorted({record.case_id for record in records if record.case_id})
    agencies = sorted({record.agency_id for record in records if record.agency_id})
    public = {"position": position, "verbs": dict(Counter(record.verb for record in records))}
    desk = public | {"cases": cases, "agencies": agencies}
    if is_partial:
        public = public | {"many": True}
    if is_partial or len(cases) > MAX_CASES:
        desk |= {"cases": [], "many": True}
    return Message(_frame(position, public), _frame(position, desk))


def _frame(position: int, data: object) -> bytes:
    return b"id: %d\ndata: %b\n\n" % (position, msgspec.json.encode(data))


class Stream:
    """Polls the log while anybody listens, and tells all listeners."""

    def __init__(self, source: Log, *, tick_s: float = TICK_S, beat_s: float = BEAT_S) -> None:
        self._source = source
        self._tick_s = tick_s
        self._beat_s = beat_s
        self._listeners: set[Listener] = set()
        self._position = 0
        self._is_ending = False
        self._poll: asyncio.Task[None] | None = None
        self._ready: asyncio.Future[int] | None = None
        # A thread of its own: the log keeps one connection, whoever comes and goes.
        self._reader = ThreadPoolExecutor(1, "live-reader")
        self._gaps: dict[tuple[int, int], asyncio.Task[Message]] = {}

    @property
    def listener_count(self) -> int:
        """How many streams are open."""
        return len(self._listeners)

    async def open(self, level: str, after: int | None = None) -> Listener:
        """Begin to listen; with ``after``, what came since that position is the first message.

        Raises
        ------
        Exception
            what the log raises when the database is away; ``ConnectionError`` when the server is about to end.
        """
        await self._be_ready()
        if self._is_ending:
            raise ConnectionError("the server is about to end")
        listener = Listener(level)
        # From here on each tick reaches the listener, so what it missed ends exactly at this position.
        position = self._position
        self._listeners.add(listener)
        try:
            first = await self._missed(position if after is None else after, position)
        except BaseException:
            self.leave(listener)
            raise
        listener.put_first(first.desk if level == "desk" else first.public)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        self._listeners.discard(listener)

    def end(self) -> None:
        """Let every stream come to its end, and open no more."""
        self._is_ending = True
        for listener in self._listeners:
            listener.end()

    async def close(self) -> None:
        """End every stream and the poll."""
        self.end()
        if self._poll is not None:
            self._poll.cancel()
            with suppress(asyncio.CancelledError):
                await self._poll
        self._reader.shutdown(wait=False)

    def _in_reader(self, call: Callable[[], T]) -> "asyncio.Future[T]":
        return asyncio.get_running_loop().run_in_executor(self._reader, call)

    async def _after(self, position: int) -> Sequence[Record]:
        return await self._in_reader(lambda: self._source.after(position, PAGE))

    # --- What was missed -------------------------------------------------------------------------

    async def _missed(self, after: int, until: int) -> Message:
        if after == until:
            return compose([], until)
        # Who was away too long, or comes from before a restored backup, must reload.
        if not until - MAX_GAP <= after < until:
            return compose([], until, is_partial=True)
        # After a break of the line many come back with the same position: one of them asks the database.
        key = (after, until)
        if key not in self._gaps:
            self._gaps[key] = asyncio.create_task(self._read_gap(after, until))
        return await asyncio.shield(self._gaps[key])

    async def _read_gap(self, after: int, until: int) -> Message:
        records: list[Record] = []
        while after < until:
            page = await self._after(after)
            records += [record for record in page if record.position <= until]
            after = page[-1].position if len(page) == PAGE else until
        return compose(records, until)

    # --- The poll --------------------------------------------------------------------------------

    async def _be_ready(self) -> None:
        """Find the end of the log and start to poll, once for all who come at the same time."""
        if self._poll is not None and not self._poll.done():
            return
        if self._ready is None:
            self._ready = asyncio.ensure_future(self._in_reader(self._source.head))
        try:
            self._position = max(self._position, await asyncio.shield(self._ready))
        finally:
            self._ready = None
        if self._poll is None or self._poll.done():
            self._poll = asyncio.create_task(self._run())

    async def _run(self) -> None:
        silent_s = 0.0
        while self._listeners:  # nobody listens: nobody asks the database either
            await asyncio.sleep(self._tick_s)
            silent_s = 0.0 if await self._tick() else silent_s + self._tick_s
            if silent_s >= self._beat_s:
                silent_s = 0.0
                self._tell(Message(BEAT, BEAT))

    async def _tick(self) -> bool:
        self._gaps.clear()
        try:
            records = await self._after(self._position)
        except Exception as error:
            log.warning("the live stream can't read the log: %s", error)
            return False
        if not records:
            return False
        self._position = records[-1].position
        self._tell(compose(records, self._position))
        return True

    def _tell(self, message: Message) -> None:
        for listener in list(self._listeners):
            if not listener.put(message.desk if listener.level == "desk" else message.public):
                self._listeners.discard(listener)
