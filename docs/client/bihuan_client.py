"""A small client of Bihuan's API v1: the standard library alone, one file to copy. See README.md beside it.

    city = Bihuan("https://bihuan.example", token="bihuan_…")
    case = city.find(receipt)
    case = city.do(case, "accept")

Each POST carries an Idempotency-Key and is sent again when no answer came, so nothing is done twice; a deed on a
Case carries the state in which it was read (If-Match), so no two programs overwrite each other.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, cast
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

Json = dict[str, Any]
TRIES = 4
LONGEST_WAIT_S = 60.0
NO_ANSWER = (URLError, HTTPException, ConnectionError, TimeoutError)


class Problem(Exception):
    """What the city answered instead (RFC 9457). ``code`` is for programs, ``detail`` for people."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(f"{status}: {body.get('detail', '')}")
        self.status = status
        self.code = str(body.get("type", "")).rpartition(":")[2]
        self.detail = str(body.get("detail", ""))
        self.errors = {str(each["field"]): str(each["detail"]) for each in body.get("errors", [])}


@dataclass(frozen=True)
class Case:
    """A Case as it was read; ``etag`` is the state it was in, ``body`` all that was told of it."""

    id: int
    status: str
    etag: str
    body: Json


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    etag: str


class Bihuan:
    """One city, spoken to with one token; without a token only what is for everybody."""

    def __init__(self, url: str, token: str = "", language: str = "en", timeout_s: float = 30.0) -> None:
        self.url = url.rstrip("/")
        self.token = token
        self.language = language
        self.timeout_s = timeout_s

    def ask(self, service: str, text: str, **more: Any) -> str:
        """Hand an ask in at the door, which needs no token; return the receipt. Safe to send again."""
        body = {"client_id": str(uuid.uuid4()), "channel": "web", "service": service, "text": text, **more}
        return str(self._send("POST", "/door/api", body).body["receipt"])

    def ask_state(self, receipt: str, digits: str = "") -> Json:
        """Tell how far an ask is; ``digits`` are the last of the telephone that was left with it."""
        return cast(Json, self.call("POST", f"/receipts/{receipt}", {"digits": digits}).body)

    def cases(self, **filters: str) -> Iterator[Json]:
        """Yield the queue, what is due next first, over as many pages as there are."""
        return self.pages("/cases", **filters)

    def find(self, receipt: str) -> Case | None:
        """Return the Case of a receipt; None while it is not sorted, or may not be seen."""
        items = self.call("GET", f"/cases?{urlencode({'receipt': receipt})}").body["items"]
        return self.case(int(items[0]["id"])) if items else None

    def case(self, number: int) -> Case:
        """Read everything on a Case."""
        return self._case(self.call("GET", f"/cases/{number}"))

    def do(self, case: Case, verb: str, **said: Any) -> Case:
        """Do a verb on a Case as it was read; a Problem with 412 says that it has changed since."""
        answer = self.call("POST", f"/cases/{case.id}/{verb}", said, {"If-Match": case.etag})
        return self._case(answer)

    def photo(self, jpeg: bytes) -> str:
        """Hand in a photo; return the id under which ``resolve`` names it as proof."""
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="photo"; filename="photo.jpg"\r\n'
        data = f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + jpeg + f"\r\n--{edge}--\r\n".encode()
        form = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return str(self._send("POST", "/api/v1/photos", data, form).body["id"])

    def pages(self, path: str, **query: str) -> Iterator[Json]:
        """Yield what a list holds, page by page."""
        cursor: str | None = ""
        while cursor is not None:
            wanted = {**query, **({"cursor": cursor} if cursor else {})}
            page = self.call("GET", f"{path}?{urlencode(wanted)}").body
            yield from page["items"]
            cursor = page["next"]

    def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask at an address of API v1; raises Problem. What openapi.json describes can be called with this."""
        return self._send(method, f"/api/v1{path}", body, headers)

    def _send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        said = {"Accept-Language": self.language, "Content-Type": "application/json", **(headers or {})}
        if self.token:
            said["Authorization"] = f"Bearer {self.token}"
        if method == "POST":
            said["Idempotency-Key"] = str(uuid.uuid4())
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        for left in reversed(range(TRIES)):
            try:
                return self._once(Request(self.url + path, data, said, method=method))
            except HTTPError as error:
                wait_s = _wait_of(error)
                if wait_s is None or not left:
                    raise _problem(error) from None
            except NO_ANSWER:
                if not left:
                    raise
                wait_s = 1.0
            time.sleep(wait_s)
        raise AssertionError("the last try returns or raises")

    def _once(self, request: Request) -> Answer:
        with urlopen(request, timeout=self.timeout_s) as response:
            raw = response.read()
            return Answer(response.status, json.loads(raw) if raw else None, response.headers.get("ETag", ""))

    def _case(self, answer: Answer) -> Case:
        return Case(int(answer.body["id"]), str(answer.body["status"]), answer.etag, answer.body)


def _wait_of(error: HTTPError) -> float | None:
    """Say how long to wait before the same request is sent again; None where that would not help."""
    if error.code not in {429, 503}:
        return None
    said = error.headers.get("Retry-After", "1")
    return min(float(said), LONGEST_WAIT_S) if said.isdecimal() else 1.0


def _problem(error: HTTPError) -> Problem:
    try:
        return Problem(error.code, json.loads(error.read()))
    except ValueError:
        return Problem(error.code, {})
