"""Asks an ASGI application without a server, and a shelf in the place of a database."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bihuan.spine.door.asking import App, Scope
from bihuan.spine.door.intake import Row
from bihuan.spine.door.store import Saved

JSON = {"content-type": "application/json"}
PHONE = "19900001234"


class SpoiltRow(Exception):
    """A row that the shelf can't keep."""


@dataclass
class Shelf:
    """A store in memory that can be away, be slow, and refuse single rows."""

    kept: dict[str, str] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    is_away: bool = False
    spoilt: str = ""
    gate: threading.Event = field(default_factory=threading.Event)
    row_errors: tuple[type[Exception], ...] = (SpoiltRow,)

    def __post_init__(self) -> None:
        self.gate.set()

    def write(self, rows: Sequence[Row]) -> list[Saved]:
        """Keep all rows or none."""
        self.gate.wait(10)
        self.batches.append(len(rows))
        if self.is_away:
            raise ConnectionError("away")
        if any(row.client_id == self.spoilt for row in rows):
            raise SpoiltRow
        return [self._keep(row) for row in rows]

    def _keep(self, row: Row) -> Saved:
        receipt = self.kept.setdefault(row.client_id, row.receipt)
        return Saved(receipt, receipt == row.receipt)

    def close(self) -> None:
        """Nothing to let go."""


@dataclass
class Reply:
    """What an application answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """Read the body."""
        return json.loads(self.body)

    def fields(self) -> list[str]:
        """Name the fields at fault."""
        return [error["field"] for error in self.json()["errors"]]


async def ask(
    app: App,
    method: str,
    path: str,
    chunks: Sequence[bytes] = (b"",),
    headers: Mapping[str, str] | None = None,
    receive: Callable[[], Awaitable[dict[str, Any]]] | None = None,
) -> Reply:
    """Send one request in as many chunks as given; return the answer."""
    left = list(chunks)
    sent: list[dict[str, Any]] = []

    async def from_client() -> dict[str, Any]:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def to_client(message: Any) -> None:
        sent.append(message)

    await app(scope_of(method, path, headers), receive or from_client, to_client)
    names = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Reply(sent[0]["status"], names, b"".join(one.get("body", b"") for one in sent[1:]))


def scope_of(method: str, path: str, headers: Mapping[str, str] | None = None) -> Scope:
    """Return the scope of a request."""
    plain, _, query = path.partition("?")
    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return {"type": "http", "method": method, "path": plain, "query_string": query.encode(), "headers": raw}


async def post(app: App, body: object, **headers: str) -> Reply:
    """Hand an ask in; bytes as they are, anything else as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await ask(
        app, "POST", "/door/api", [raw], JSON | {k.replace("_", "-"): v for k, v in headers.items()}
    )


@asynccontextmanager
async def alive(app: App) -> AsyncIterator[App]:
    """Start an application and end it in order, as a server does."""
    inbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    outbox: asyncio.Queue[Any] = asyncio.Queue()
    task = asyncio.ensure_future(app({"type": "lifespan"}, inbox.get, outbox.put))
    await inbox.put({"type": "lifespan.startup"})
    assert (await outbox.get())["type"] == "lifespan.startup.complete"
    try:
        yield app
    finally:
        await inbox.put({"type": "lifespan.shutdown"})
        await asyncio.wait_for(task, 10)
