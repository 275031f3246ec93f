"""Reads an HTTP request off the wire: its headers, and its body within limits of size and time."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import get_supported_language_variant, gettext_noop
from django.utils.translation.trans_real import parse_accept_lang_header

from bihuan.kernel.errors import Refused

T = TypeVar("T", bytes, bytearray)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_BODY = 64 * 1024
BODY_S = 10.0


class TooLarge(Refused):
    """The body is larger than the door takes."""

    status = 413


class TooSlow(Refused):
    """The body did not come in time."""

    status = 408


class WrongType(Refused):
    """The body is not JSON."""

    status = 415


class Gone(Exception):
    """The client hung up: there is nobody to answer."""


async def read_json_body(scope: Scope, receive: Receive, *, within_s: float = BODY_S) -> bytes:
    """Return the whole body.

    Raises
    ------
    Refused
        when it says it is not JSON, is too large or comes too slowly.
    Gone
        when the client hangs up.
    """
    check_headers(scope)
    return await read_body(receive, limit=MAX_BODY, within_s=within_s)


async def read_body(receive: Receive, *, limit: int, within_s: float) -> bytes:
    """Return a whole body of at most ``limit`` bytes; raises as ``read_json_body`` does."""
    try:
        async with asyncio.timeout(within_s):
            message = await receive()
            if message["type"] == "http.request" and not message.get("more_body"):
                return bytes(_within_size(message.get("body", b""), limit))
            return await _read_on(message, receive, limit)
    except TimeoutError:
        raise TooSlow(gettext_noop("The body came too slowly."), code="slow") from None


async def _read_on(message: MutableMapping[str, Any], receive: Receive, limit: int) -> bytes:
    body = bytearray()
    while message["type"] == "http.request":
        body += message.get("body", b"")
        _within_size(body, limit)
        if not message.get("more_body"):
            return bytes(body)
        message = await receive()
    raise Gone


def _within_size(body: T, limit: int) -> T:
    if len(body) > limit:
        raise _too_large()
    return body


def _too_large() -> TooLarge:
    return TooLarge(gettext_noop("This is more than can be taken in at once."), code="large")


def check_headers(scope: Scope) -> None:
    """Refuse by the headers alone what is not JSON or says that it is too large."""
    is_json = False
    for name, value in scope["headers"]:
        if name == b"content-type":
            is_json = value.split(b";", 1)[0].strip().lower() == b"application/json"
        elif name == b"content-length" and (not value.isdigit() or int(value[:12]) > MAX_BODY):
            raise _too_large()
    if not is_json:
        raise WrongType(gettext_noop("Send application/json."), code="media-type")


def header(scope: Scope, wanted: bytes) -> str:
    """Return a header's value, ``""`` when it was not sent."""
    for name, value in scope["headers"]:
        if name == wanted:
            return str(value.decode("latin-1"))
    return ""


def language_of(scope: Scope) -> str:
    """Return the language the client likes best of those there are."""
    for code, _quality in parse_accept_lang_header(header(scope, b"accept-language")):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
