"""HTTP as any program speaks it: one kept connection a thread, patience when the server is away."""

import http.client
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_S = 20.0
WAITS_S = (0.1, 0.3, 1.0, 2.0, 5.0, 5.0, 10.0, 10.0)
"""How long to wait before each further try when nobody answers or the answer is "not now"."""


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in lower case) and body; status 0 when nobody answered in the end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_good(self) -> bool:
        """Say whether the server did what was asked."""
        return 200 <= self.status < 400

    def value(self) -> Any:
        """Return the body as JSON; an empty mapping when it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    def why(self) -> str:
        """Return what the server says is wrong, in one line."""
        told = self.value()
        if isinstance(told, dict) and told.get("detail"):
            return f"{self.status} {told['detail']}"
        return f"{self.status}" if self.status else "no answer"


NOBODY = Answer(0, {}, b"")


class Wire:
    """Connections to one server; safe to share between threads. ``waits_s`` are the pauses between tries."""

    def __init__(self, url: str, waits_s: Sequence[float] = WAITS_S) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{url!r} is not an address like http://127.0.0.1:8000")
        self.kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.host, self.port, self.waits_s = parts.hostname, parts.port, waits_s
        self.closed = threading.Event()
        self.opened: list[http.client.HTTPConnection] = []
        self.own = threading.local()

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask, and ask again while nobody answers or the server is busy; never raises for what it answers.

        A request may so arrive twice: what the drill sends is told apart by its client id, or refused the
        second time by the Case's status.
        """
        answer = NOBODY
        for wait in (0.0, *self.waits_s):
            if self.closed.wait(wait):
                break
            answer = self._once(method, path, body, headers or {})
            if answer.status not in {0, 502, 503, 504}:
                break
        return answer

    def send_json(
        self, method: str, path: str, value: Any = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Ask with a JSON body."""
        body = None if value is None else json.dumps(value, ensure_ascii=False).encode()
        kind = {"Content-Type": "application/json"} if body else {}
        return self.send(method, path, body, {"Accept": "application/json", **kind, **(headers or {})})

    def close(self) -> None:
        """Let nobody wait any longer; close every connection, whoever's it is."""
        self.closed.set()
        for connection in self.opened:
            connection.close()

    def _once(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        connection = self._connection()
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            cookies = response.headers.get_all("Set-Cookie") or []
            return Answer(response.status, told | {"set-cookie": "\n".join(cookies)}, response.read())
        except (OSError, http.client.HTTPException):
            self._forget()
            return NOBODY

    def _connection(self) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection | None = getattr(self.own, "connection", None)
        if connection is None:
            connection = self.own.connection = self.kind(self.host, self.port, timeout=TIMEOUT_S)
            self.opened.append(connection)
        return connection

    def _forget(self) -> None:
        connection = getattr(self.own, "connection", None)
        if connection is not None:
            connection.close()
            self.opened.remove(connection)
        self.own.connection = None
