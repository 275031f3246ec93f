"""Asking other people's servers over HTTP, without being led into our own network.

A name is looked up once and the connection goes to the address that was looked at, so that a name which points
elsewhere a moment later leads nowhere. Redirects are not followed.
"""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused

TIMEOUT_S = 15.0
MOST_BYTES = 1_000_000
LONGEST_WAIT_S = 86_400
PORTS = {"http": 80, "https": 443}


class Inside(Refused):
    """The address lies in a network of ours, or is none that may be asked."""


class Unreached(OSError):
    """Nobody was there: nothing was sent."""


@dataclass(frozen=True)
class Reply:
    """What a server answered; of a very long body the beginning."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def wait_s(self) -> int:
        """How long the server asks to be left alone, at most a day; 0 where it says nothing that can be read."""
        said = self.headers.get("retry-after", "")
        return min(int(said), LONGEST_WAIT_S) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def ask(
    method: str,
    url: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    *,
    within_s: float = TIMEOUT_S,
    most_bytes: int | None = None,
) -> Reply:
    """Ask a server, and return what it answers, whatever the status.

    Raises
    ------
    Inside
        when the address may not be asked.
    Unreached
        when no connection came about.
    OSError
        when nobody answers, or not in time.
    """
    parts = check_url(url)
    port = parts.port or PORTS[parts.scheme]
    try:
        connection = _connect(parts, port, _address_of(parts.hostname or "", port), within_s)
    except OSError as error:
        raise Unreached(f"{type(error).__name__}: {error}") from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, body or None, {"User-Agent": "Bihuan", **(headers or {})})
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(answer.status, told, answer.read(most_bytes or MOST_BYTES))
    finally:
        connection.close()


def check_url(url: str) -> SplitResult:
    """Return an address in its parts; refuses what is no web address, and plain HTTP where private is not allowed."""
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0 and parts.username is None
    except ValueError:
        is_whole = False
    wanted = ("http", "https") if settings.BIHUAN_PRIVATE_TARGETS else ("https",)
    if not is_whole or parts.scheme not in wanted or not url.isascii() or any(c <= " " for c in url):
        raise Inside(_("An address that begins with https:// is wanted."), code="url", field="url")
    return parts


def _address_of(host: str, port: int) -> str:
    """Look a name up; refuse it when any of its addresses is not one of the open network."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not settings.BIHUAN_PRIVATE_TARGETS and not all(
        ip_address(one.split("%")[0]).is_global for one in found
    ):
        raise Inside(_("This address lies in a network of our own."), code="inside", field="url")
    return found[0]


def _connect(parts: SplitResult, port: int, address: str, within_s: float) -> HTTPConnection:
    """Connect to the address that was looked at; the certificate has to be the name's."""
    host = parts.hostname or ""
    link = socket.create_connection((address, port), within_s)
    if parts.scheme == "https":
        try:
            link = ssl.create_default_context().wrap_socket(link, server_hostname=host)
        except BaseException:
            link.close()
            raise
        connection: HTTPConnection = HTTPSConnection(host, port, timeout=within_s)
    else:
        connection = HTTPConnection(host, port, timeout=within_s)
    connection.sock = link
    return connection
