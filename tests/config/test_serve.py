import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bihuan.config import serve
from tests.city import City, serving, wait_until_up
from tests.postgres import free_port


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.once
@pytest.mark.parametrize(
    ("host", "near"),
    [("127.0.0.1", "http://127.0.0.1:81"), ("0.0.0.0", "http://127.0.0.1:81"), ("::", "http://[::1]:81")],
)
def test_a_server_is_reached_from_this_machine(host: str, near: str) -> None:
    assert serve.address(host, 81) == near


@pytest.mark.slow
def test_one_port_answers_for_pages_door_and_worker(served_city: City) -> None:
    wait_until_up(f"{served_city.url}/healthz", served_city.process, served_city.log)
    assert status(f"{served_city.url}/") == 200
    assert status(f"{served_city.url}/door/healthz") == 200
    assert status(f"{served_city.url}/door/nowhere") == 404


@pytest.mark.slow
def test_a_form_with_a_body_passes_the_bridge_to_the_pages(served_city: City) -> None:
    request = urllib.request.Request(f"{served_city.url}/language/", b"language=en", method="POST")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    refused.value.close()
    assert refused.value.code == 403  # no CSRF token: the body was read and judged by the pages


@pytest.mark.slow
def test_the_door_alone_serves_no_pages(served_city: City, tmp_path: Path) -> None:
    with serving(served_city.environment, tmp_path, "serve", "door", path="/door/healthz") as (url, _):
        assert status(f"{url}/") == 404


@pytest.mark.slow
def test_the_pages_alone_serve_no_door(served_city: City, tmp_path: Path) -> None:
    environment = served_city.environment | {"BIHUAN_DOOR_URL": served_city.url}
    with serving(environment, tmp_path, "serve", "pages") as (url, _):
        assert status(f"{url}/") == 200
        assert status(f"{url}/door/healthz") == 404


@pytest.mark.slow
def test_a_second_server_on_the_port_is_told_so(served_city: City) -> None:
    port = served_city.url.rpartition(":")[2]
    command = [sys.executable, "-m", "bihuan.config.cli", "serve", "--port", port]
    said = subprocess.run(command, env=served_city.environment, capture_output=True, text=True)
    assert said.returncode == 1
    assert (
        said.stderr
        == f"bihuan: Port {port} is already used by another program. Choose another with --port.\n"
    )


@pytest.mark.slow
@pytest.mark.once
def test_a_server_without_tables_says_what_to_run(served_city: City, tmp_path: Path) -> None:
    environment = served_city.environment | {
        "BIHUAN_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "BIHUAN_DEMO": "no",
        "BIHUAN_MAKE_KEYS": "yes",
    }
    command = [sys.executable, "-m", "bihuan.config.cli", "serve", "pages", "--port", str(free_port())]
    said = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert said.returncode == 1
    assert "run `bihuan migrate` first" in said.stderr
