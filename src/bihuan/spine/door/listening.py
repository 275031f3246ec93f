"""``GET /live`` on the wire: opens a listener, sends what comes, notices when the client is gone."""

import asyncio
import logging
from collections.abc import Callable
from urllib.parse import parse_qs

from django.utils.translation import gettext_noop

from bihuan.kernel.errors import Busy, Forbidden, Refused
from bihuan.spine.door.answering import answer_refused
from bihuan.spine.door.asking import Receive, Scope, Send, header
from bihuan.spine.door.live import Listener, Stream

log = logging.getLogger(__name__)

Authorise = Callable[[Scope], str]
"""Says which stream a request may have: ``desk`` for staff who are signed in, else ``public``. May block."""

MAX_LISTENERS = 2000
FOR_DESK = 500  # of them kept free for staff, however many strangers listen
SEND_S = 20.0  # a client that takes nothing for so long is let go
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
RETRY = b"retry: 3000\n\n"


async def listen(stream: Stream, authorise: Authorise, scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one listener until it goes."""
    try:
        listener = await _open(stream, authorise, scope)
    except Refused as refusal:
        await answer_refused(scope, send, refusal)
        return
    watcher = asyncio.create_task(_watch(listener, receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _pass_on(listener, send)
    except (OSError, TimeoutError):
        pass  # it went away while we were sending
    finally:
        stream.leave(listener)
        watcher.cancel()


async def _open(stream: Stream, authorise: Authorise, scope: Scope) -> Listener:
    if stream.listener_count >= MAX_LISTENERS:
        raise Busy(gettext_noop("Too many are listening now."), retry_after_s=10)
    try:
        level = await _level(authorise, scope)
        if level != "desk" and stream.listener_count >= MAX_LISTENERS - FOR_DESK:
            raise Busy(gettext_noop("Too many are listening now."), retry_after_s=10)
        return await stream.open(level, _after(scope))
    except Refused:
        raise
    except Exception as error:
        log.warning("a listener could not be served: %s", error)
        raise Busy(gettext_noop("The live stream is not there now."), retry_after_s=5) from error


async def _level(authorise: Authorise, scope: Scope) -> str:
    wanted = parse_qs(scope["query_string"]).get(b"stream", [b""])[0]
    if wanted == b"public":
        return "public"
    level = await asyncio.to_thread(authorise, scope)
    if wanted == b"desk" and level != "desk":
        raise Forbidden(gettext_noop("This stream is for staff who are signed in."), code="staff")
    return level


def _after(scope: Scope) -> int | None:
    """Return the position to go on from: what the browser remembers counts before what the page knew."""
    asked = parse_qs(scope["query_string"]).get(b"after", [b""])[0].decode("latin-1")
    said = header(scope, b"last-event-id") or asked
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


async def _watch(listener: Listener, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _pass_on(listener: Listener, send: Send) -> None:
    await send({"type": "http.response.body", "body": RETRY, "more_body": True})
    while lines := await listener.next():
        async with asyncio.timeout(SEND_S):
            await send({"type": "http.response.body", "body": lines, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
