"""The city's public addresses, as the drill uses them: the door, API v1 and the asker's status page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from bihuan.drill.photo import draw_photo
from bihuan.drill.posts import Account
from bihuan.drill.wire import Answer, Wire

API = "/api/v1"
DIGITS = 4
WITH_WORDS = frozenset({"answer", "reopen"})
BOUNDARY = "bihuan-drill-photo"


@dataclass(frozen=True)
class CaseSeen:
    """What the API tells of a Case, as far as the drill needs it."""

    id: int
    status: str
    agency: str


def see(value: Mapping[str, Any]) -> CaseSeen:
    """Read a Case out of the API's JSON."""
    agency = value.get("agency") or {}
    return CaseSeen(
        value["id"], value["status"], agency.get("code", "") if isinstance(agency, dict) else agency
    )


class Client:
    """Everything the drill asks of the city."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.teams: dict[str, list[dict[str, Any]]] = {}
        self.lock = Lock()

    def submit(self, body: Mapping[str, Any]) -> Answer:
        """Hand an ask in at the door."""
        return self.wire.send_json("POST", "/door/api", body)

    def find_case(self, receipt: str, by: Account) -> CaseSeen | None:
        """Return the Case that was opened for a receipt, or nothing while triage has not got to it."""
        answer = self.wire.send_json("GET", f"{API}/cases?receipt={receipt}", headers=_bearer(by))
        items = answer.value().get("items", []) if answer.is_good else []
        return see(items[0]) if items else None

    def act(self, case: CaseSeen, verb: str, body: Mapping[str, Any], by: Account) -> Answer:
        """Let a member of staff do something on a Case."""
        return self.wire.send_json("POST", f"{API}/cases/{case.id}/{verb}", body, _bearer(by))

    def care_today(self, by: Account) -> list[dict[str, Any]]:
        """Return who on the care list is to be looked in on."""
        answer = self.wire.send_json("GET", f"{API}/care/today", headers=_bearer(by))
        return list(answer.value().get("items", [])) if answer.is_good else []

    def care_check(self, person: int, found: str, by: Account) -> Answer:
        """Take down what a look at somebody on the care list came to."""
        return self.wire.send_json("POST", f"{API}/care/people/{person}/check", {"found": found}, _bearer(by))

    def care_need(self, person: int, body: Mapping[str, Any], by: Account) -> Answer:
        """Ask for something in the name of somebody on the care list."""
        return self.wire.send_json("POST", f"{API}/care/people/{person}/need", body, _bearer(by))

    def apply_for_pass(self, fields: Mapping[str, str]) -> Answer:
        """Fill in the form for a vehicle pass as a visitor of the portal does."""
        visit = _Visit(self.wire)
        opened = visit.get("/passes/apply/")
        return visit.post("/passes/apply/", fields) if opened.is_good else opened

    def answer_about_pass(self, receipt: str, phone: str, text: str) -> Answer:
        """Answer the office's question on the page of a pass."""
        page = f"/passes/r/{receipt}/"
        visit = _Visit(self.wire)
        if not (opened := visit.get(page)).is_good:
            return opened
        proven = visit.post(f"{page}prove/", {"digits": phone[-DIGITS:]})
        return visit.post(f"{page}answer/", {"text": text}) if proven.is_good else proven

    def find_pass(self, receipt: str, by: Account) -> int:
        """Return the number of a waiting application by its receipt; 0 where it is not in the queue."""
        answer = self.wire.send_json("GET", f"{API}/passes", headers=_bearer(by))
        items = answer.value().get("items", []) if answer.is_good else []
        return next((int(row["id"]) for row in items if row["receipt"] == receipt), 0)

    def act_on_pass(self, number: int, verb: str, body: Mapping[str, Any], by: Account) -> Answer:
        """Let a member of staff do something with a pass, or take down a step of its trip."""
        return self.wire.send_json("POST", f"{API}/passes/{number}/{verb}", body, _bearer(by))

    def upload(self, seed: str, by: Account) -> str:
        """Hand in a proof photo; return its id, or nothing when it is not taken."""
        part = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="proof.jpg"\r\n'
            "Content-Type: image/jpeg\r\n\r\n"
        )
        body = part.encode() + draw_photo(seed) + f"\r\n--{BOUNDARY}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        answer = self.wire.send("POST", f"{API}/photos", body, {**kind, **_bearer(by)})
        return str(answer.value().get("id", "")) if answer.is_good else ""

    def teams_of(self, agency: str, by: Account) -> list[int]:
        """List whom somebody may send on a Case of an agency: its own teams, or where it has none all."""
        with self.lock:
            if by.username not in self.teams:
                answer = self.wire.send_json("GET", f"{API}/teams", headers=_bearer(by))
                self.teams[by.username] = answer.value().get("items", []) if answer.is_good else []
            teams = self.teams[by.username]
        own = [team["id"] for team in teams if team["agency"]["code"] == agency]
        return own or [team["id"] for team in teams]

    def act_as_asker(self, receipt: str, phone: str, verb: str, text: str) -> Answer:
        """Do what the asker does through another channel's program: digits and words in one call."""
        said = {"digits": phone[-DIGITS:]} | ({"text": text} if verb in WITH_WORDS else {})
        return self.wire.send_json("POST", f"{API}/receipts/{receipt}/{verb}", said)

    def act_on_page(self, receipt: str, phone: str, verb: str, text: str) -> Answer:
        """Do what the asker does on the status page: show the telephone's last digits, then speak."""
        page = f"/r/{receipt}/"
        visit = _Visit(self.wire)
        opened = visit.get(page)
        if not opened.is_good:
            return opened
        proven = visit.post(f"{page}prove/", {"digits": phone[-DIGITS:]})
        return visit.post(f"{page}{verb}/", {"text": text}) if proven.is_good else proven


class _Visit:
    """One person's browser: cookies and the token that each form carries."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str) -> Answer:
        return self._keep(self.wire.send("GET", path, headers=self._headers()))

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._keep(self.wire.send("POST", path, body, {**self._headers(), **kind}))

    def _headers(self) -> dict[str, str]:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": jar, "Accept": "text/html"} if jar else {"Accept": "text/html"}

    def _keep(self, answer: Answer) -> Answer:
        for line in answer.headers.get("set-cookie", "").splitlines():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if found := re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', answer.body):
            self.token = found[1].decode()
        return answer


def _bearer(by: Account) -> dict[str, str]:
    return {"Authorization": f"Bearer {by.token}"}
