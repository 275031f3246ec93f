"""A client of Open311 as others wrote them: XML only, standard library only, one exchange at a time."""

import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

TRIES = 40
WAIT_S = 0.25


@dataclass(frozen=True)
class Answer:
    """What came back: status, type, and the document."""

    status: int
    kind: str
    root: Any

    @property
    def errors(self) -> list[str]:
        return [
            f"{one.findtext('code')}: {one.findtext('description')}" for one in self.root.findall("error")
        ]


@dataclass(frozen=True)
class Client:
    """``endpoint`` ends in ``/open311/v2``."""

    endpoint: str
    key: str

    def get(self, path: str, **said: str) -> Answer:
        return self._ask(urllib.request.Request(f"{self.endpoint}/{path}.xml?{urllib.parse.urlencode(said)}"))

    def post(self, path: str, said: Mapping[str, str]) -> Answer:
        body = urllib.parse.urlencode({"api_key": self.key, **said}).encode()
        return self._ask(urllib.request.Request(f"{self.endpoint}/{path}.xml", body))

    def number_of(self, token: str) -> str:
        """Ask for the number that goes with a token until there is one, as FixMyStreet does."""
        for _ in range(TRIES):
            number = self.get(f"tokens/{token}").root.findtext("request/service_request_id")
            if number:
                return str(number)
            time.sleep(WAIT_S)
        raise AssertionError(f"no number for {token}")

    def _ask(self, request: urllib.request.Request) -> Answer:
        request.add_header("Accept-Language", "en")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return _read(response)
        except urllib.error.HTTPError as error:
            return _read(error)


def _read(response: Any) -> Answer:
    return Answer(response.status, response.headers["Content-Type"], ElementTree.fromstring(response.read()))
