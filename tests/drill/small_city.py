"""A city of a hundred lines behind real HTTP: enough of the door, the API and the status page to be played in."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bihuan.spine.cases.states import MOVES, Status

TOKEN = "form-token"
AGENCIES = {"power_failure": "power", "medicine": "health", "food": "commerce", "gas_card": "volunteers"}


@dataclass
class SmallCity:
    """What has come in and what has become of it. ``blind`` look-ups find no Case yet, as before triage."""

    cases: dict[int, dict[str, Any]] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    deeds: list[tuple[int, str, str]] = field(default_factory=list)
    photos: list[bytes] = field(default_factory=list)
    blind: int = 0
    busy: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def submit(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if body["client_id"] in self.receipts:
            return 200, {"receipt": self.receipts[body["client_id"]]}
        number = len(self.cases) + 1
        receipt = f"{number:012d}"
        self.receipts[body["client_id"]] = receipt
        agency = {"code": AGENCIES[body["service"]]} if body["service"] in AGENCIES else None
        self.cases[number] = {
            "id": number, "status": (Status.WAITING if agency else Status.TRIAGE).value, "agency": agency,
            "receipt": receipt, "body": body,
        }  # fmt: skip
        return 201, {"receipt": receipt}

    def find(self, receipt: str) -> tuple[int, dict[str, Any]]:
        if self.blind > 0:
            self.blind -= 1
            return 200, {"items": []}
        return 200, {"items": [case for case in self.cases.values() if case["receipt"] == receipt]}

    def act(self, number: int, verb: str, body: dict[str, Any], who: str) -> tuple[int, dict[str, Any]]:
        case = self.cases[number]
        move = MOVES.get(verb)
        if move and case["status"] not in move.sources:
            return 409, {"detail": f"the case is {case['status']}"}
        if move:
            case["status"] = move.target.value
        if verb == "answer":
            case["status"] = Status.WORKING.value
        if verb == "assign":
            case["agency"] = {"code": body["agency"]}
        self.deeds.append((number, verb, who))
        return 200, case


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    city: SmallCity

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/api/v1/cases":
            self._json(*self.city.find(query["receipt"]))
        elif parts.path == "/api/v1/teams":
            self._json(
                200,
                {
                    "items": [
                        {"id": n, "agency": {"code": c}} for n, c in ((7, "power"), (8, "power"), (9, "gas"))
                    ]
                },
            )
        else:
            form = f'<form><input type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}"></form>'
            self._send(200, "text/html", form.encode(), {"Set-Cookie": "csrftoken=abc; Path=/"})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.city.lock:
            self._post(body)

    def _post(self, body: bytes) -> None:
        if self.city.busy > 0:
            self.city.busy -= 1
            self._json(503, {})
        elif self.path == "/door/api":
            self._json(*self.city.submit(json.loads(body)))
        elif self.path == "/api/v1/photos":
            self.city.photos.append(body)
            self._json(200, {"id": "photo"})
        elif found := re.fullmatch(r"/api/v1/cases/(\d+)/(\w+)", self.path):
            who = self.headers["Authorization"].removeprefix("Bearer ")
            self._json(*self.city.act(int(found[1]), found[2], json.loads(body or b"{}"), who))
        elif found := re.fullmatch(r"/api/v1/receipts/0*(\d+)/(\w+)", self.path):
            is_own = json.loads(body)["digits"] == self.city.cases[int(found[1])]["body"]["phone"][-4:]
            self._json(*(self.city.act(int(found[1]), found[2], {}, "asker") if is_own else (422, {})))
        elif found := re.fullmatch(r"/r/0*(\d+)/(\w+)/", self.path):
            self._as_asker(int(found[1]), found[2], parse_qs(body.decode()))
        else:
            self._json(404, {})

    def _as_asker(self, number: int, verb: str, fields: dict[str, list[str]]) -> None:
        is_own = self.headers.get("Cookie") == "csrftoken=abc" and fields["csrfmiddlewaretoken"] == [TOKEN]
        case = self.city.cases[number]
        if not is_own or (verb == "prove" and fields["digits"] != [case["body"]["phone"][-4:]]):
            self._json(403, {})
        elif verb == "prove":
            self._json(200, {})
        else:
            self._json(*self.city.act(number, verb, {}, "asker"))

    def _json(self, status: int, value: object) -> None:
        self._send(status, "application/json", json.dumps(value).encode(), {})

    def _send(self, status: int, kind: str, body: bytes, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": kind, "Content-Length": str(len(body))} | more).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(city: SmallCity) -> Iterator[str]:
    """Serve a small city; give its address."""
    handler = type("Handler", (_Handler,), {"city": city})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
