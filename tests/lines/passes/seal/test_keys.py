"""Keys are files; an old one is believed for what it signed in its time."""

from pathlib import Path
from typing import Any

import pytest

from bihuan.lines.passes.seal import keys
from tests.lines.passes.seal.known import BEFORE, TEN, public


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.BIHUAN_KEYS = tmp_path
    return tmp_path


def test_todays_key_is_believed_and_named(folder: Path) -> None:
    assert keys.believed() == {keys.current().kid: keys.current()}
    message = b"said"
    assert keys.current().fits(message, keys.signer().sign(message))


@pytest.mark.parametrize(
    "instant", ["2026-11-23T02:00:00+00:00", "2026-11-23T10:00:00+08:00", "2026-11-23T02:00"]
)
def test_a_key_that_was_retired_is_believed_until_then(folder: Path, instant: str) -> None:
    old = public(BEFORE, TEN)
    (folder / "pass-sign.2026.pub").write_text(f"{old.public.hex()} {instant}\n")
    assert keys.believed()[old.kid] == old


def test_a_key_whose_file_is_gone_is_not_believed(folder: Path) -> None:
    assert public(BEFORE).kid not in keys.believed()
