"""The server of pages refuses to start without its keys."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once


def start(folder: Path, **said: str) -> "subprocess.CompletedProcess[str]":
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("BIHUAN_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", "from bihuan.config.wsgi import application; print(type(application).__name__)"],
        env=plain | {"BIHUAN_VAR": str(folder), "PYTHONPATH": "src"} | said, capture_output=True, text=True,
    )  # fmt: skip


def test_without_keys_it_says_which_and_how_to_make_them(tmp_path):
    done = start(tmp_path)
    assert done.returncode != 0
    assert f"openssl rand -hex 32 > {tmp_path}/keys/django" in done.stderr


def test_with_keys_it_starts(tmp_path):
    done = start(tmp_path, BIHUAN_DEMO="yes")
    assert (done.returncode, done.stdout.strip()) == (0, "WSGIHandler"), done.stderr
