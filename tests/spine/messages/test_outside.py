"""Asking other people's servers, and not being led into our own network."""

import socket
from typing import Any

import pytest

from bihuan.spine.messages import outside
from tests.spine.messages.webserver import Far


def pointed_at(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name lead to some addresses, and note where a connection goes."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in addresses]
    reached: list[str] = []

    def connect(address: tuple[str, int], within_s: float) -> Any:
        reached.append(address[0])
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", connect)
    return reached


def test_what_is_asked_arrives_and_the_answer_comes_back_whatever_the_status(far: Far) -> None:
    far.status, far.body, far.headers = 418, b"tea", {"Retry-After": "7"}
    reply = outside.ask("POST", f"{far.url}/pot?size=2", b"water", {"x-kind": "green"})
    assert (reply.status, reply.body, reply.headers["retry-after"]) == (418, b"tea", "7")
    asked = far.asked[0]
    assert (asked.method, asked.path, asked.body, asked.headers["x-kind"]) == (
        "POST",
        "/pot?size=2",
        b"water",
        "green",
    )


def test_a_redirect_is_not_followed(far: Far) -> None:
    far.status, far.headers = 302, {"Location": f"{far.url}/elsewhere"}
    assert outside.ask("GET", far.url).status == 302
    assert len(far.asked) == 1


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.7", "192.168.1.1", "172.16.0.1", "169.254.169.254", "::1", "fd00::1",
                "fe80::1%eth0", "0.0.0.0", "100.64.0.1", "::ffff:127.0.0.1"]
)  # fmt: skip
def test_no_name_leads_into_our_network(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    reached = pointed_at(monkeypatch, "93.184.215.14", address)
    with pytest.raises(outside.Inside):
        outside.ask("GET", "https://peer.example/")
    assert not reached


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = pointed_at(monkeypatch, "93.184.215.14")
    with pytest.raises(OSError, match="nobody there"):
        outside.ask("GET", "https://peer.example/")
    assert reached == ["93.184.215.14"]


@pytest.mark.parametrize(
    "url", ["http://peer.example/", "ftp://peer.example/", "peer.example", "https://", "https://a:b@peer.example/",
            "https://peer.example:99999/", "https://peer.example/a b", "file:///etc/hosts", "https://闭环.example/"]
)  # fmt: skip
def test_what_is_no_address_of_the_open_web_is_refused(url: str) -> None:
    with pytest.raises(outside.Inside):
        outside.check_url(url)


def test_of_a_very_long_answer_the_beginning_is_read(far: Far, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "MOST_BYTES", 10)
    far.body = b"x" * 100
    assert outside.ask("GET", far.url).body == b"x" * 10
