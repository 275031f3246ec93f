"""The door as a plain ASGI application: ``POST /door/api``, ``GET /live``, ``GET /door/healthz``.

No Django per request: the way from the socket to the commit is as short as it can be.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.errors import Busy, Refused
from bihuan.spine.door import needs
from bihuan.spine.door.answering import (
    answer_json,
    answer_method,
    answer_not_found,
    answer_refused,
    answer_saved,
)
from bihuan.spine.door.asking import App, Gone, Receive, Scope, Send, read_json_body
from bihuan.spine.door.commit import NOT_NOW, GroupCommit
from bihuan.spine.door.ending import calling_at_end
from bihuan.spine.door.intake import Arrival, take_in
from bihuan.spine.door.listening import Authorise, listen
from bihuan.spine.door.live import Log, Stream
from bihuan.spine.door.menu import Menu
from bihuan.spine.door.sealed import SealedLog
from bihuan.spine.door.staff import level_of
from bihuan.spine.door.store import Store
from bihuan.spine.door.store import open_store as open_store_of


def make_app(
    open_store: Callable[[], Store] | None = None,
    *,
    source: needs.Source = needs.current,
    log: Log | None = None,
    authorise: Authorise = level_of,
    commit: GroupCommit | None = None,
    pages: App | None = None,
) -> App:
    """Put the door together; without arguments, as the settings say.

    Parameters
    ----------
    open_store : makes the store that the writer uses.
    source : says what the services need; asked every few seconds, in a thread.
    log : what the live stream tells of.
    authorise : says which stream a request may have; asked in a thread.
    commit : a group commit with limits of its own.
    pages : answers every other address, where door and pages share one port.
    """
    commit = commit or GroupCommit(open_store or default_store)
    return _Door(commit, Menu(source), Stream(log or SealedLog()), authorise, pages).serve


def default_store() -> Store:
    """Make the store for the database of the settings."""
    return open_store_of(connection.settings_dict)


class _Door(NamedTuple):
    commit: GroupCommit
    menu: Menu
    stream: Stream
    authorise: Authorise
    pages: App | None

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/door/api":
            await self._post(scope, receive, send)
        elif path == "/live":
            await self._listen(scope, receive, send)
        elif path == "/door/healthz":
            await self._health(scope, send)
        elif self.pages is not None:
            await self.pages(scope, receive, send)
        else:
            await answer_not_found(scope, send)

    async def _post(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            await answer_method(scope, send, "POST")
            return
        try:
            body = await read_json_body(scope, receive)
            arrival = self._take_in(body)
            saved = await self.commit.save(arrival.row, len(body))
        except Refused as refusal:
            await answer_refused(scope, send, refusal)
        except Gone:
            pass
        else:
            await answer_saved(send, saved, arrival.emergency)

    def _take_in(self, body: bytes) -> Arrival:
        services = self.menu.services
        if services is None:
            raise Busy(NOT_NOW)
        return take_in(body, services, clock.now())

    async def _listen(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await answer_method(scope, send, "GET")
            return
        await listen(self.stream, self.authorise, scope, receive, send)

    async def _health(self, scope: Scope, send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            await answer_method(scope, send, "GET, HEAD")
            return
        is_up = await self.commit.check() and self.menu.services is not None
        content = {
            "door": "up",
            "database": "up" if is_up else "down",
            "waiting": self.commit.waiting_count,
            "listeners": self.stream.listener_count,
        }
        await answer_json(send, 200 if is_up else 503, content)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        self.commit.start()
        await self.menu.start()
        await send({"type": "lifespan.startup.complete"})
        # A server waits for open requests before it says that it ends, and a stream never ends by itself.
        with calling_at_end(self.stream.end):
            await receive()
        await self.stream.close()
        await self.commit.close()
        await self.menu.close()
        await send({"type": "lifespan.shutdown.complete"})
