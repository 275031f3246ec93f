"""Pages, door and worker as separate processes behind the proxy that docs/operations.md shows."""

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.city import serving
from tests.made import environment_of, loaded_database, run_bihuan
from tests.postgres import free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
WITHIN_S = 20

pytestmark = pytest.mark.slow

AROUND = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  types {{ text/css css; text/javascript js mjs; image/svg+xml svg; }}
  {server}
}}
"""


@pytest.fixture(scope="module")
def city_behind_a_proxy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if NGINX is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("proxied")
    with loaded_database(folder) as database_url:
        environment = environment_of(folder, database_url)
        run_bihuan(environment, "collectstatic", "--noinput", "-v0")
        with serving(environment, folder, "serve", "door", path="/door/healthz") as (door, _):
            knowing = environment | {"BIHUAN_DOOR_URL": door}
            pages = serving(knowing, folder, "serve", "pages", path="/")
            with pages as (address, _), worker(environment), proxy(root, folder, door, address) as outside:
                yield outside


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "bihuan.config.cli", "worker"], env=environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(15)


@contextmanager
def proxy(root: Path, folder: Path, door: str, pages: str) -> Iterator[str]:
    """Start nginx with the very text of the documentation, only its ports and folder changed."""
    address = f"127.0.0.1:{free_port()}"
    text = re.search(r"```nginx\n(.*?)```", (root / "docs/operations.md").read_text(), re.DOTALL)
    assert text is not None
    server = text[1].replace("127.0.0.1:8080", address)
    server = server.replace("127.0.0.1:8001", urlsplit(door).netloc).replace(
        "127.0.0.1:8000", urlsplit(pages).netloc
    )
    server = server.replace("/srv/bihuan/var/", f"{folder}/")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, server=server))
    process = subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(10)


def eventually(url: str, wanted: str) -> str:
    until, seen = time.monotonic() + WITHIN_S, ""
    while time.monotonic() < until and wanted not in seen:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                seen = answer.read().decode()
        except OSError as error:
            seen = str(error)
        time.sleep(0.1)
    assert wanted in seen, f"{url} never showed {wanted!r} but {seen[:500]}"
    return seen


def test_every_part_is_up_behind_the_proxy(city_behind_a_proxy: str) -> None:
    parts = json.loads(eventually(f"{city_behind_a_proxy}/healthz", '"worker": "up"'))
    assert set(parts.values()) == {"up"}


def test_an_ask_through_the_proxy_reaches_the_door_and_its_page(city_behind_a_proxy: str) -> None:
    ask = {"client_id": "through-the-proxy-1", "channel": "web", "service": "", "text": "水管坏了"}
    request = urllib.request.Request(
        f"{city_behind_a_proxy}/door/api", json.dumps(ask).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        assert answer.status == 201
        said = json.load(answer)
    grouped = " ".join(said["receipt"][i : i + 4] for i in (0, 4, 8))
    eventually(city_behind_a_proxy + said["status_url"], grouped)


def test_the_live_stream_passes_the_proxy_unbuffered(city_behind_a_proxy: str) -> None:
    with urllib.request.urlopen(f"{city_behind_a_proxy}/live", timeout=WITHIN_S) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.readline()


def test_static_files_are_served_by_the_proxy_itself(city_behind_a_proxy: str) -> None:
    page = eventually(city_behind_a_proxy, "/static/")
    style = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert style is not None
    with urllib.request.urlopen(city_behind_a_proxy + style[1], timeout=5) as answer:
        assert answer.headers["server"].startswith("nginx")
        assert "expires" in answer.headers
