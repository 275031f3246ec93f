"""`/healthz` is well only when all four parts are."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import DatabaseError

from bihuan.config import health
from bihuan.kernel import clock
from bihuan.kernel.clock import FastClock
from bihuan.spine.cases.models import Figures

pytestmark = pytest.mark.django_db
WELL = {"pages": "up", "door": "up", "database": "up", "worker": "up"}


class Door(BaseHTTPRequestHandler):
    status = 405

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def door(settings) -> Iterator[type[Door]]:
    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    settings.BIHUAN_DOOR_URL = f"http://127.0.0.1:{server.server_port}"
    yield Door
    Door.status = 405
    server.shutdown()
    server.server_close()
    thread.join()


def beat(seconds_ago: float = 0) -> None:
    counted_at = clock.now() - timedelta(seconds=seconds_ago)
    Figures.objects.update_or_create(name="worker", defaults={"counted_at": counted_at, "values": {}})


def ask(client) -> tuple[int, dict[str, str]]:
    response = client.get("/healthz")
    return response.status_code, response.json()


def test_all_up_is_well(client, door):
    beat()
    assert ask(client) == (200, WELL)


def test_a_worker_that_is_silent_for_half_a_minute_is_down(client, door):
    beat(31)
    assert ask(client) == (503, WELL | {"worker": "down"})


def test_a_worker_that_never_was_is_down(client, door):
    assert ask(client) == (503, WELL | {"worker": "down"})


def test_a_drills_fast_clock_makes_no_worker_sick(client, door):
    now = datetime.now(UTC)
    with clock.running(FastClock(now, now, 600)):
        beat(600 * 20)
        assert ask(client) == (200, WELL)


def test_a_door_that_is_away_is_down(client, settings):
    beat()
    settings.BIHUAN_DOOR_URL = "http://127.0.0.1:9"
    assert ask(client) == (503, WELL | {"door": "down"})


def test_a_door_that_can_take_nothing_in_is_down(client, door):
    beat()
    door.status = 503
    assert ask(client) == (503, WELL | {"door": "down"})


def test_a_database_that_is_away_is_told_and_no_error(client, door, monkeypatch):
    def away(**kwargs: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(health.Figures.objects, "filter", away)
    assert ask(client) == (503, WELL | {"database": "down", "worker": "unknown"})


def test_it_is_never_kept_by_a_cache_and_only_read(client, door):
    assert "no-store" in client.get("/healthz").headers["Cache-Control"]
    assert client.post("/healthz").status_code == 405
