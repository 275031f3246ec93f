import os
import subprocess
import sys
from pathlib import Path

import pytest

from bihuan.config import cli

pytestmark = pytest.mark.once


def bihuan(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bihuan.config.cli", *arguments],
        capture_output=True, text=True, env=os.environ | environment,
    )  # fmt: skip


@pytest.mark.parametrize("name", cli.OURS)
def test_each_of_our_commands_is_a_function_that_explains_itself(name: str) -> None:
    said = bihuan(name, "--help")
    assert said.returncode == 0, said.stderr
    assert "usage:" in said.stdout.lower()


def test_everything_else_is_djangos() -> None:
    assert "usage: bihuan migrate" in bihuan("help", "migrate").stdout


def test_a_setting_that_cannot_be_read_is_told_in_a_sentence() -> None:
    said = bihuan("serve", BIHUAN_DEMO="perhaps")
    assert said.returncode == 1
    assert said.stderr == "bihuan: BIHUAN_DEMO is 'perhaps'; say yes or no.\n"


def test_a_database_of_an_unknown_kind_is_told_in_a_sentence() -> None:
    said = bihuan("serve", BIHUAN_DATABASE_URL="oracle://somewhere/city")
    assert said.returncode == 1
    assert "BIHUAN_DATABASE_URL begins with" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize("command", [["verify"], ["import", "FILE", "--mapping", "nyc-311"]])
def test_a_command_that_needs_tables_says_how_to_make_them(command: list[str], tmp_path: Path) -> None:
    said = bihuan(*command, BIHUAN_DATABASE_URL=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    assert said.returncode == 1
    assert "run `bihuan migrate` first" in said.stderr
    assert "Traceback" not in said.stderr
