"""GeoReport v2 as a client speaks it, in XML, which every server has to serve.

After open311/schema-validation and mySociety's Open311.pm: a number or a token, errors in ``errors/error``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from bihuan.kernel import xml
from bihuan.kernel.private import unseal
from bihuan.lines.abroad.models import Link
from bihuan.spine.messages import outside

FORM = "application/x-www-form-urlencoded; charset=utf-8"
SPECIFICATION = "georeport_v2"
Pairs = Sequence[tuple[str, str]]


class Unclear(Exception):
    """They were asked, and there is no knowing what came of it."""


class Away(Exception):
    """They surely did nothing: not reached, or not now. ``wait_s`` is what they asked for."""

    def __init__(self, why: str, wait_s: int = 0) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class Denied(Away):
    """The key or the jurisdiction is not taken: a matter of the link, not of one Case."""


class Refusal(Exception):
    """They say no, with reasons."""


@dataclass(frozen=True)
class Taken:
    """What a posted ask is answered with: a number, or a token for which there will be one."""

    number: str
    token: str


@dataclass(frozen=True)
class Known:
    """A request as they show it."""

    number: str
    status: str
    words: str
    description: str


@dataclass(frozen=True)
class Update:
    """An update as they serve it."""

    update_id: str
    number: str
    status: str
    words: str
    at: datetime | None


@dataclass(frozen=True)
class Offered:
    """A service of theirs; the codes of what it wants answered."""

    code: str
    name: str
    has_questions: bool


def is_discovery(url: str) -> bool:
    """Say whether an address is that of a discovery document."""
    return "/discovery." in url


def discover(url: str) -> str:
    """Return the endpoint that a discovery document names, one in earnest before one for trials."""
    root = _read(outside.ask("GET", url.replace("/discovery.json", "/discovery.xml")))
    found = [
        (xml.text_of(one, "type") == "production", xml.text_of(one, "url"))
        for one in root.iter("endpoint")
        if SPECIFICATION in xml.text_of(one, "specification").lower()
    ]
    if not found:
        raise Refusal("discovery")
    return max(found)[1].rstrip("/")


def services(link: Link) -> list[Offered]:
    """Return what can be asked for there."""
    root = _get(link, "services")
    return [
        Offered(
            xml.text_of(one, "service_code"),
            xml.text_of(one, "service_name"),
            xml.text_of(one, "metadata") == "true",
        )
        for one in root.iter("service")
    ]


def required(link: Link, code: str) -> list[str]:
    """Return the codes of the attributes that a service of theirs will not do without."""
    root = _get(link, f"services/{code}")
    return [
        xml.text_of(one, "code") for one in root.iter("attribute") if xml.text_of(one, "required") == "true"
    ]


def post(link: Link, said: Pairs) -> Taken:
    """Post an ask.

    Raises
    ------
    Away, Denied
        when it was surely not taken, but may be later.
    Refusal
        when they say no to it.
    Unclear
        when it may have been taken.
    """
    root = _send(link, "requests", said)
    taken = Taken(*(next((t for one in root.iter("request") if (t := xml.text_of(one, name))), "")
                    for name in ("service_request_id", "token")))  # fmt: skip
    if not (taken.number or taken.token):
        raise Unclear("no number and no token")
    return taken


def say(link: Link, said: Pairs) -> None:
    """Post an update; raises as ``post`` does."""
    _send(link, "servicerequestupdates", said)


def number_of(link: Link, token: str) -> str:
    """Return the number that goes with a token, nothing while there is none."""
    root = _get(link, f"tokens/{token}")
    return next((t for one in root.iter("request") if (t := xml.text_of(one, "service_request_id"))), "")


def known(link: Link, numbers: Iterable[str]) -> list[Known]:
    """Return requests by their numbers, asked for in one go."""
    return _known(_get(link, "requests", [("service_request_id", ",".join(numbers))]))


def one_known(link: Link, number: str) -> list[Known]:
    """Return one request by its number."""
    return _known(_get(link, f"requests/{number}"))


def since(link: Link, code: str, start: datetime) -> list[Known]:
    """Return what has been asked for there of one service since an instant."""
    return _known(_get(link, "requests", [("service_code", code), ("start_date", show(start))]))


def updates(link: Link, start: datetime, end: datetime) -> list[Update]:
    """Return their updates of a span."""
    root = _get(link, "servicerequestupdates", [("start_date", show(start)), ("end_date", show(end))])
    return [
        Update(
            xml.text_of(one, "update_id"), xml.text_of(one, "service_request_id"),
            xml.text_of(one, "status").upper(), xml.text_of(one, "description"),
            read_at(xml.text_of(one, "updated_datetime")),
        )
        for one in root.iter("request_update")
    ]  # fmt: skip


def show(at: datetime) -> str:
    """Write an instant in UTC, to the second: the one form that every server reads."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_at(text: str) -> datetime | None:
    """Read an instant; without an offset it is UTC, unreadable it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _known(root: xml.Element) -> list[Known]:
    return [
        Known(
            xml.text_of(one, "service_request_id"), xml.text_of(one, "status").lower(),
            xml.text_of(one, "status_notes"), xml.text_of(one, "description"),
        )
        for one in root.iter("request")
    ]  # fmt: skip


def _common(link: Link) -> list[tuple[str, str]]:
    key = unseal(link.key_sealed)
    common = [("jurisdiction_id", link.jurisdiction), ("api_key", key)]
    return [(name, value) for name, value in common if value]


def _get(link: Link, path: str, said: Pairs = ()) -> xml.Element:
    query = urlencode([*_common(link), *said])
    try:
        return _read(outside.ask("GET", f"{link.url}/{path}.xml" + (f"?{query}" if query else "")))
    except (OSError, Unclear) as error:
        raise Away(f"{type(error).__name__}: {error}") from error


def _send(link: Link, path: str, said: Pairs) -> xml.Element:
    body = urlencode([*_common(link), *said]).encode()
    try:
        reply = outside.ask("POST", f"{link.url}/{path}.xml", body, {"Content-Type": FORM})
    except outside.Unreached as error:
        raise Away(str(error)) from error
    except outside.Inside as error:
        raise Denied(str(error)) from error
    except Exception as error:  # http.client has many names for an answer that is none
        raise Unclear(f"{type(error).__name__}: {error}") from error
    return _read(reply)


def _read(reply: outside.Reply) -> xml.Element:
    """Return the document of a good answer; raise what another one means."""
    status, why = reply.status, f"HTTP {reply.status}"
    if status in (429, 503):
        raise Away(why, reply.wait_s)
    if status >= 500:
        raise Unclear(why)
    try:
        root = xml.read(reply.body)
    except xml.Malformed:
        root = None
    reasons = _reasons(root)
    if status in (401, 403):
        raise Denied(f"{why} {reasons}".strip())
    if not 200 <= status < 300:
        raise Refusal(reasons or why)
    if root is None:
        raise Unclear(f"{why}, unreadable")
    return root


def _reasons(root: xml.Element | None) -> str:
    return (
        "; ".join(xml.text_of(one, "description") for one in root.iter("error")) if root is not None else ""
    )
