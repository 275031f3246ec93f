"""HTTP with patience."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from bihuan.drill.wire import Answer, Wire
from tests.drill.small_city import SmallCity, running

pytestmark = pytest.mark.once

BODY = {"client_id": "a", "service": "food", "phone": "19900000001"}


@pytest.fixture
def city():
    return SmallCity()


@contextmanager
def _wire(city: SmallCity, *waits_s: float) -> Iterator[Wire]:
    with running(city) as url, closing(Wire(url, waits_s)) as wire:
        yield wire


def test_an_answer_is_read_as_json(city) -> None:
    with _wire(city) as wire:
        answer = wire.send_json("POST", "/door/api", BODY)
    assert answer.status == 201
    assert answer.value() == {"receipt": "000000000001"}


def test_a_busy_city_is_asked_again(city) -> None:
    city.busy = 2
    with _wire(city, 0.001, 0.001) as wire:
        assert wire.send_json("POST", "/door/api", BODY).is_good


def test_patience_has_an_end(city) -> None:
    city.busy = 9
    with _wire(city, 0.001) as wire:
        assert wire.send_json("POST", "/door/api", BODY).status == 503
    assert city.busy == 7


def test_a_server_that_is_not_there_is_an_answer_too() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with closing(Wire(f"http://127.0.0.1:{port}", ())) as wire:
        answer = wire.send("GET", "/")
    assert (answer.status, answer.why()) == (0, "no answer")


def test_a_connection_that_broke_is_made_anew(city) -> None:
    with _wire(city) as wire:
        assert wire.send("GET", "/").is_good
        wire.own.connection.sock.close()
        assert not wire.send("GET", "/").is_good
        assert wire.send("GET", "/").is_good


def test_a_closed_wire_waits_for_nobody(city) -> None:
    city.busy = 99
    with _wire(city, 60.0) as wire:
        wire.close()
        assert not wire.send_json("POST", "/door/api", BODY).is_good


def test_an_address_must_be_one() -> None:
    with pytest.raises(ValueError, match="address"):
        Wire("127.0.0.1:8000")


def test_a_problem_is_told_in_its_own_words() -> None:
    said = json.dumps({"detail": "Ben was first."}).encode()
    assert Answer(409, {}, said).why() == "409 Ben was first."
    assert Answer(500, {}, b"<html>").why() == "500"
