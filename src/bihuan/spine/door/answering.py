"""Writes HTTP answers: receipts on the quick path, problems (RFC 9457) in the asker's language."""

from http import HTTPStatus

import msgspec
from django.utils import translation
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Busy, Refused
from bihuan.kernel.http import PROBLEM_TYPE, problem
from bihuan.spine.door.asking import Scope, Send, language_of
from bihuan.spine.door.faults import Unfit
from bihuan.spine.door.store import Saved

Headers = list[tuple[bytes, bytes]]

_JSON = (b"content-type", b"application/json")
_QUIET = (b"cache-control", b"no-store")


async def answer(send: Send, status: int, body: bytes, headers: Headers) -> None:
    """Send a whole answer."""
    headers = [*headers, _QUIET, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def answer_json(send: Send, status: int, content: object) -> None:
    """Send an object as JSON."""
    await answer(send, status, msgspec.json.encode(content), [_JSON])


async def answer_saved(send: Send, saved: Saved, emergency: str) -> None:
    """Send the receipt: 201 when this request made it, 200 when an earlier one did."""
    content = {"receipt": saved.receipt, "status_url": f"/r/{saved.receipt}/"}
    if emergency:
        content["emergency"] = emergency
    await answer_json(send, HTTPStatus.CREATED if saved.is_new else HTTPStatus.OK, content)


async def answer_refused(scope: Scope, send: Send, refusal: Refused) -> None:
    """Send why not, as a problem that names the fields."""
    headers: Headers = [(b"content-type", PROBLEM_TYPE.encode())]
    if isinstance(refusal, Busy):
        headers.append((b"retry-after", b"%d" % refusal.retry_after_s))
    if refusal.status in {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_TIMEOUT}:
        headers.append((b"connection", b"close"))  # the rest of the body is not worth waiting for
    with translation.override(language_of(scope)):
        body = _problem(refusal)
        headers.append((b"content-language", translation.get_language().encode()))
    await answer(send, refusal.status, body, headers)


def _problem(refusal: Refused) -> bytes:
    if isinstance(refusal, Unfit):
        return problem(refusal.status, refusal.say(), code=refusal.code, errors=refusal.errors())
    # Inside the door messages are marked for translation where they arise, and translated only here,
    # where the asker's language is known.
    return problem(refusal.status, _(refusal.message), code=refusal.code)


async def answer_method(scope: Scope, send: Send, allowed: str) -> None:
    """Send 405 with the methods there are."""
    with translation.override(language_of(scope)):
        body = problem(405, _("Only %(methods)s can be used here.") % {"methods": allowed}, code="method")
    await answer(send, 405, body, [(b"content-type", PROBLEM_TYPE.encode()), (b"allow", allowed.encode())])


async def answer_not_found(scope: Scope, send: Send) -> None:
    """Send 404."""
    with translation.override(language_of(scope)):
        body = problem(404, _("There is nothing here."), code="not-found")
    await answer(send, 404, body, [(b"content-type", PROBLEM_TYPE.encode())])
