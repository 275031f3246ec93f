"""The two ASGI servers: the door alone, and door and pages on one port."""

from collections.abc import MutableMapping
from typing import Any, cast

from django.conf import settings

from bihuan.kernel.errors import Busy, Refused
from bihuan.spine.door.answering import answer_refused
from bihuan.spine.door.asking import App, Gone, Receive, Scope, Send, read_body
from bihuan.spine.door.commit import NOT_NOW

# Pages wait for the database more than they compute; more threads than this only wait for each other.
PAGE_THREADS = 4
FORM_BYTES = 1_000_000  # what a form with a photo may hold besides
HELD_BYTES = 200_000_000  # of bodies whose pages are not answered yet
BODY_S = 60.0


def door() -> App:
    """Make the door's server."""
    # The pages are not served here, but their application sets Django up and insists on the keys.
    from bihuan.config.wsgi import application as _application  # noqa: F401
    from bihuan.spine.door.asgi import make_app

    return make_app()


def one_port() -> App:
    """Make the server that is both: the door as it is, the pages through a bridge."""
    from a2wsgi import WSGIMiddleware

    from bihuan.config.wsgi import application
    from bihuan.spine.door.asgi import make_app

    bridge = WSGIMiddleware(cast(Any, application), workers=PAGE_THREADS)
    return make_app(pages=with_whole_body(cast(App, bridge), settings.BIHUAN_PHOTO_BYTES + FORM_BYTES))


def with_whole_body(app: App, limit: int) -> App:
    """Hand a request on when its whole body is there: pages have few threads, and a slow sender would hold one.

    Behind a proxy the proxy does this.
    """
    held = 0

    async def whole(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal held
        try:
            if held > HELD_BYTES:
                raise Busy(NOT_NOW)
            body = await read_body(receive, limit=limit, within_s=BODY_S)
        except Refused as refusal:
            await answer_refused(scope, send, refusal)
            return
        except Gone:
            return
        held += len(body)
        try:
            await app(scope, _once(body), send)
        finally:
            held -= len(body)

    return whole


def _once(body: bytes) -> Receive:
    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
