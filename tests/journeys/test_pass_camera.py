"""A code held before the camera is read: Chromium is given a film of one as its camera."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image
from playwright.sync_api import sync_playwright

from tests import browser
from tests.lines.passes.seal.known import GOOD

pytestmark = [pytest.mark.once, pytest.mark.slow, pytest.mark.browser]
HOST = "http://localhost"
WIDTH, HEIGHT = 640, 480
READ = """() => new Promise(async (found) => {
  const { watch } = await import("/static/passes/checkpoint/camera.js");
  const video = document.body.appendChild(document.createElement("video"));
  const camera = await watch(video, async (text) => { camera.stop(); found(text); });
})"""


def film(path: Path, text: str) -> Path:
    """Write a film of one picture with the code in it (YUV4MPEG2)."""
    code = segno.make(text, error="m", micro=False)
    side = code.symbol_size(scale=6, border=4)[0]
    drawn = Image.new("L", (WIDTH, HEIGHT), 160)
    square = Image.new("L", (side, side), 255)
    for y, row in enumerate(code.matrix_iter(scale=6, border=4)):
        for x, dark in enumerate(row):
            if dark:
                square.putpixel((x, y), 0)
    drawn.paste(square, ((WIDTH - side) // 2, (HEIGHT - side) // 2))
    grey = bytes([128]) * (WIDTH * HEIGHT // 2)
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode()
    path.write_bytes(head + (b"FRAME\n" + drawn.tobytes() + grey) * 2)
    return path


@pytest.fixture
def camera(tmp_path: Path, root: Path) -> Iterator[Any]:
    program = browser.find_program()
    if program is None:
        pytest.skip("Chromium is not installed")
    shown = film(tmp_path / "code.y4m", GOOD)
    own = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    with sync_playwright() as playwright:
        arguments = [*browser.ARGUMENTS, *own, f"--use-file-for-fake-video-capture={shown}"]
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        with browser.page(chromium, permissions=["camera"]) as page:
            serve(page, root)
            page.goto(f"{HOST}/")
            yield page
        chromium.close()


def serve(page: Any, root: Path) -> None:
    """Give the page our scripts from the disk, without any server."""
    folders = {"passes": root / "src/bihuan/lines/passes/static", "vendor": root / "src/bihuan/faces/static"}

    def answer(route: Any) -> None:
        name = route.request.url.removeprefix(f"{HOST}/static/")
        if name.startswith("http"):
            return route.fulfill(body="<!doctype html><link rel=icon href=data:,>", content_type="text/html")
        return route.fulfill(path=folders[name.partition("/")[0]] / name, content_type="text/javascript")

    page.route("**/*", answer)


def test_a_code_before_the_camera_is_read(camera: Any) -> None:
    assert camera.evaluate(READ) == GOOD
