"""What servers answer, and what it means."""

from datetime import UTC, datetime

import pytest

from bihuan.lines.abroad import wire
from bihuan.lines.abroad.models import Link
from tests.lines.abroad.peer import Peer


@pytest.mark.parametrize(
    ("status", "body", "raised"),
    [
        (400, b"<errors><error><description>no</description></error></errors>", wire.Refusal),
        (404, b"", wire.Refusal), (401, b"", wire.Denied), (403, b"", wire.Denied), (503, b"", wire.Away),
        (429, b"", wire.Away), (500, b"", wire.Unclear), (200, b"<html>", wire.Unclear), (302, b"", wire.Refusal),
        (200, b"<service_requests/>", wire.Unclear),
        (200, b'<!DOCTYPE a [<!ENTITY b "c">]><service_requests/>', wire.Unclear),
    ],
)  # fmt: skip
def test_each_answer_means_one_thing(
    link: Link, peer: Peer, status: int, body: bytes, raised: type[Exception]
) -> None:
    peer.far.answer = lambda _asked: (status, body)
    with pytest.raises(raised):
        wire.post(link, [("service_code", "POT")])


def test_how_long_to_wait_is_heard(link: Link, peer: Peer) -> None:
    peer.far.answer, peer.far.headers = lambda _asked: (503, b""), {"retry-after": "120"}
    with pytest.raises(wire.Away) as away:
        wire.post(link, [])
    assert away.value.wait_s == 120


def test_a_question_that_fails_changed_nothing_there(link: Link, peer: Peer) -> None:
    peer.far.answer = lambda _asked: (500, b"")
    with pytest.raises(wire.Away):
        wire.services(link)


def test_key_and_jurisdiction_go_along(link: Link, peer: Peer) -> None:
    link.jurisdiction = "y.gov"
    wire.services(link)
    assert peer.far.asked[-1].path == "/v2/services.xml?jurisdiction_id=y.gov&api_key=k-1"


def test_the_server_in_earnest_is_taken_from_a_discovery(peer: Peer, link: Link) -> None:
    assert wire.discover(f"{peer.far.url}/discovery.json") == peer.url


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-28T08:00:00+08:00", datetime(2026, 11, 28, tzinfo=UTC)),
        ("2026-11-28T00:00:00", datetime(2026, 11, 28, tzinfo=UTC)), ("yesterday", None), ("", None),
    ],
)  # fmt: skip
def test_instants_are_read_as_servers_write_them(text: str, at: datetime | None) -> None:
    assert wire.read_at(text) == at
