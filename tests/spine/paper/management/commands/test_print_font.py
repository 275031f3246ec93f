"""``bihuan print_font``."""

import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bihuan.kernel import fonts


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        call_command("print_font", str(tmp_path / "nowhere.ttf"))


def test_without_fontconfig_a_file_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", absent)
    with pytest.raises(CommandError, match="Name a font file"):
        call_command("print_font")


def test_the_font_is_written_where_pdfs_look_for_it(
    tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "some.ttf"
    source.write_bytes(b"font")
    settings.BIHUAN_VAR = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(fonts, "make_font", lambda path, face, target: len(f"{path.name}{face}{target.name}"))
    call_command("print_font", str(source), face=2)
    assert capsys.readouterr().out.startswith(f"{len('some.ttf2print-font.ttf')} letters of some.ttf")
