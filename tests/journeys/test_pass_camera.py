"""A code held before the camera is read: Chromium is given a film of one as its camera."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import segno
from PIL import Image

from tests import browser
from tests.journeys import stage
from tests.lines.passes.seal.known import GOOD

pytestmark = [pytest.mark.once, pytest.mark.slow]
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
def camera(chromium: Any, tmp_path: Path, root: Path) -> Iterator[Any]:
    shown = film(tmp_path / "code.y4m", GOOD)
    own = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    arguments = [*browser.ARGUMENTS, *own, f"--use-file-for-fake-video-capture={shown}"]
    other = chromium.browser_type.launch(executable_path=browser.find_program(), args=arguments)
    with browser.page(other, permissions=["camera"]) as page:
        yield stage.set_up(page, root)
    other.close()


def test_a_code_before_the_camera_is_read(camera: Any) -> None:
    assert camera.evaluate(READ) == GOOD
