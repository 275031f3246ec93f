"""A played server of an agency: GeoReport v2 with tokens and updates, and the faults that servers have."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, parse_qsl, urlsplit

from bihuan.kernel import xml
from tests.spine.messages.webserver import Asked, Far, serving


@dataclass
class Peer:
    """Its requests by number; ``fault`` is how the next post goes wrong.

    ``fault``: ``refuse`` 400, ``forbid`` 403, ``busy`` 503, ``dies`` 500 after it took the ask, ``broken`` 500 before,
    ``hangs`` takes the ask and answers too late.
    """

    far: Far
    requests: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    updates: list[dict[str, str]] = field(default_factory=list)
    told: list[dict[str, str]] = field(default_factory=list)
    posts: int = 0
    fault: str = ""
    gives_tokens: bool = False
    takes_lists: bool = True
    late_s: float = 0.0

    @property
    def url(self) -> str:
        return f"{self.far.url}/v2"

    def answer(self, asked: Asked) -> tuple[int, bytes]:
        path = urlsplit(asked.path)
        query = {name: values[0] for name, values in parse_qs(path.query).items()}
        name = path.path.removeprefix("/v2/").removesuffix(".xml")
        if asked.method == "POST":
            said = dict(parse_qsl(asked.body.decode()))
            return self._update(said) if name == "servicerequestupdates" else self._post(said)
        match name.split("/"):
            case ["", "discovery"]:
                return 200, self._discovery()
            case ["services"]:
                return 200, xml.write("services", {"service": [SERVICE]})
            case ["services", "POT"]:
                return 200, xml.write("service_definition", {"attributes": {"attribute": [ATTRIBUTE]}})
            case ["tokens", token]:
                number = self.tokens.get(token, "")
                said = {"token": token, "service_request_id": number}
                return 200, xml.write("service_requests", {"request": [said]})
            case ["servicerequestupdates"]:
                return 200, xml.write("service_request_updates", {"request_update": self.updates})
            case ["requests"]:
                return self._list(query)
            case ["requests", number]:
                return 200, _requests([self.requests[number]])
        return _error(404, f"no {name}")

    def _discovery(self) -> bytes:
        kinds = [("test", "/trial"), ("production", "/v2")]
        found = [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": self.far.url + path,
                "type": kind,
            }
            for kind, path in kinds
        ]
        return xml.write("discovery", {"endpoints": {"endpoint": found}})

    def _post(self, said: dict[str, str]) -> tuple[int, bytes]:
        self.posts += 1
        fault, self.fault = self.fault, ""
        if fault in FAULTS:
            return FAULTS[fault]
        number = str(100 + len(self.requests))
        shown = ("service_code", "description", "address_string", "first_name", "phone")
        kept = {key: said.get(key, "") for key in (*shown, "attribute[where]")}
        self.requests[number] = {"service_request_id": number, "status": "open", "status_notes": "", **kept}
        if fault == "dies":
            return 500, b"<html>Oops</html>"
        if fault == "hangs":
            time.sleep(self.late_s)
        if self.gives_tokens:
            return 200, _requests([{"token": f"t{number}"}])
        return 200, _requests([{"service_request_id": number}])

    def _list(self, query: dict[str, str]) -> tuple[int, bytes]:
        numbers = query.get("service_request_id", "").split(",")
        if len(numbers) > 1 and not self.takes_lists:
            return _error(400, "one at a time")
        if numbers != [""]:
            return 200, _requests([self.requests[one] for one in numbers if one in self.requests])
        code = query.get("service_code")
        return 200, _requests([one for one in self.requests.values() if one["service_code"] == code])

    def _update(self, said: dict[str, str]) -> tuple[int, bytes]:
        if any(one["update_id"] == said["update_id"] for one in self.told):
            return _error(400, "already exists")
        self.told.append(said)
        return 200, xml.write("service_request_updates", {"request_update": {"update_id": said["update_id"]}})


SERVICE = {"service_code": "POT", "service_name": "Potholes", "metadata": "true"}
ATTRIBUTE = {"code": "where", "required": "true"}


def _requests(found: list[dict[str, str]]) -> bytes:
    # The attribute is what was sent; it is no name of an element.
    plain = [{key: value for key, value in one.items() if "[" not in key} for one in found]
    return xml.write("service_requests", {"request": plain})


def _error(status: int, words: str) -> tuple[int, bytes]:
    return status, xml.write("errors", {"error": {"code": status, "description": words}})


FAULTS = {
    "refuse": _error(400, "this road is not ours"),
    "forbid": _error(403, "no such key"),
    "busy": (503, b""),
    "broken": (500, b""),
}


@contextmanager
def playing() -> Iterator[Peer]:
    """Play the server for a while."""
    with serving() as far:
        peer = Peer(far)
        far.answer = peer.answer
        yield peer
