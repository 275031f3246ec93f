"""What the environment says is read, and what can't be read is told in a sentence."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from bihuan.config import environment as env

pytestmark = pytest.mark.once
NAME = "BIHUAN_TRIAL"


@pytest.mark.parametrize(
    ("said", "meant"), [("yes", True), ("1", True), ("TRUE", True), ("no", False), ("0", False)]
)
def test_a_yes_or_no_is_read(monkeypatch, said, meant):
    monkeypatch.setenv(NAME, said)
    assert env.flag(NAME, default=not meant) is meant


@pytest.mark.parametrize("said", ["", "  "])
def test_nothing_said_is_the_default(monkeypatch, said):
    monkeypatch.setenv(NAME, said)
    assert env.flag(NAME, default=True) is True
    assert env.number(NAME, 7) == 7
    assert env.text(NAME, "x") == "x"
    assert env.words(NAME, "a,b") == ["a", "b"]


@pytest.mark.parametrize(("read", "said"), [(env.flag, "perhaps"), (env.number, "five")])
def test_what_can_not_be_read_names_the_variable(monkeypatch, read, said):
    monkeypatch.setenv(NAME, said)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is '{said}'"):
        read(NAME, 1)


def test_lists_have_no_empty_words(monkeypatch):
    monkeypatch.setenv(NAME, " a, ,b ,")
    assert env.words(NAME) == ["a", "b"]


def test_without_an_address_the_database_is_a_file_among_the_data(tmp_path):
    found = env.database("", tmp_path)
    assert found["NAME"] == str(tmp_path / "bihuan.sqlite3")
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_file_with_a_space_is_found():
    assert env.database("sqlite:////srv/a%20b.sqlite3", Path())["NAME"] == "/srv/a b.sqlite3"


def test_an_address_of_a_server_is_taken_apart():
    found = env.database("postgresql://me:p%40ss@db.example:5433/city?sslmode=require", Path())
    assert {k: found[k] for k in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "city", "USER": "me", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433",
    }  # fmt: skip
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_another_kind_of_database_is_refused():
    with pytest.raises(ImproperlyConfigured, match="begins with"):
        env.database("mysql://x/y", Path())
