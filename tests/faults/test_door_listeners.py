"""Five hundred listeners to one door, which is killed while they listen: each hears of every Event once."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass

from tests.faults.doors import Door, Nursery, connected

LISTENERS = 500
EVENTS = 240
WITHIN_S = 60


@dataclass
class Ear:
    """A browser's EventSource: comes back with the id of the last message whenever the line breaks."""

    port: int
    heard: int = 0
    last: str = ""
    lines: int = 0

    async def listen(self, start: int, events: int) -> None:
        """Listen until as many Events were heard of."""
        self.last = str(start)
        while self.heard < events:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._one_line(events)
            await asyncio.sleep(0.1)

    async def _one_line(self, events: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET /live HTTP/1.1\r\nHost: door\r\nLast-Event-ID: {self.last}\r\n\r\n".encode())
        self.lines += 1
        try:
            while self.heard < events and (line := await reader.readline()):
                self._take(line.decode().strip())
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _take(self, line: str) -> None:
        if line.startswith("id: "):
            self.last = line[4:]
        elif line.startswith("data: "):
            said = json.loads(line[6:])
            assert set(said) == {"position", "verbs"}, "the public hears only how many"
            self.heard += sum(said["verbs"].values())


def write_events(url: str, first: int, count: int) -> None:
    """Put Events and their leaves into the log, as the sealer leaves them."""
    mark = "?" if url.startswith("sqlite") else "%s"
    event = (
        "INSERT INTO audit_event (id, at, actor_kind, verb, subject_type, detail, case_id)"
        f" VALUES ({mark}, '2026-01-31 08:00:00', 'system', 'opened', 'case', '{{}}', {mark})"
    )
    leaf = f"INSERT INTO audit_leaf (position, event_id, digest) VALUES ({mark}, {mark}, {mark})"
    with connected(url) as connection:
        for number in range(first, first + count):
            connection.execute(event, [number, number])
            connection.execute(leaf, [number, number, bytes(32)])


async def crowd(doors: Nursery, first: Door, start: int) -> list[Ear]:
    """Let the listeners come, write Events, kill the door half-way, start another in its place."""
    ears = [Ear(first.port) for _ in range(LISTENERS)]
    tasks = [asyncio.create_task(ear.listen(start, EVENTS)) for ear in ears]
    while any(not ear.lines for ear in ears):
        await asyncio.sleep(0.05)
    for part in range(12):
        await asyncio.to_thread(write_events, doors.url, start + 1 + part * 20, 20)
        await asyncio.sleep(0.25)
        if part == 5:
            first.kill()
            await asyncio.to_thread(doors.start, "door", first.port)
    async with asyncio.timeout(WITHIN_S):
        await asyncio.gather(*tasks)
    return ears


def test_five_hundred_listeners_miss_nothing_while_the_door_is_killed(doors: Nursery) -> None:
    with connected(doors.url) as connection:
        start = connection.execute("SELECT coalesce(max(position), 0) FROM audit_leaf").fetchone()[0]
    ears = asyncio.run(crowd(doors, doors.start(), start))
    assert {ear.heard for ear in ears} == {EVENTS}
    assert {ear.last for ear in ears} == {str(start + EVENTS)}
    assert all(ear.lines > 1 for ear in ears)


def test_a_door_that_is_asked_to_end_lets_its_listeners_go(doors: Nursery) -> None:
    async def run(door: Door) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        writer.write(b"GET /live HTTP/1.1\r\nHost: door\r\n\r\n")
        await reader.readuntil(b"data: ")
        await asyncio.to_thread(door.end)
        rest = await reader.read()
        writer.close()
        return rest

    assert asyncio.run(run(doors.start())).endswith(b"0\r\n\r\n")
