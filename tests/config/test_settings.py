"""Production is safe as it comes; the demonstration needs nothing."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ASK = """
import json
from bihuan.config import settings
print(json.dumps({name: getattr(settings, name) for name in %r}, default=str))
"""


def environment(folder: Path, **said: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("BIHUAN_", "DJANGO_"))}
    return plain | {"BIHUAN_VAR": str(folder), "PYTHONPATH": "src"} | said


def run(folder: Path, *command: str, **said: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *command], env=environment(folder, **said), capture_output=True, text=True
    )


def values(folder: Path, *names: str, **said: str) -> list[object]:
    done = run(folder, "-c", ASK % (names,), **said)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return [found[name] for name in names]


def make_keys(folder: Path) -> None:
    (folder / "keys").mkdir(mode=0o700)
    for name in ("django", "private", "lookup", "audit-sign"):
        (folder / "keys" / name).touch(mode=0o600)
        (folder / "keys" / name).write_text(secrets.token_hex(32))


def test_check_deploy_finds_nothing_in_production(tmp_path):
    make_keys(tmp_path)
    done = run(tmp_path, "-m", "bihuan.config.cli", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")


def test_check_deploy_refuses_production_without_its_keys(tmp_path):
    done = run(tmp_path, "-m", "bihuan.config.cli", "check", "--deploy")
    assert done.returncode == 1
    assert done.stderr.count("bihuan.E001") == 4


def test_production_speaks_only_https_and_asks_for_a_second_factor(tmp_path):
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "BIHUAN_SECOND_FACTOR"]
    assert values(tmp_path, *names) == [True] * 4
    assert values(tmp_path, "DEBUG", "BIHUAN_MAKE_KEYS", "BIHUAN_PROXIES") == [False, False, 1]


def test_the_demonstration_needs_neither_https_nor_keys(tmp_path):
    names = ["SECURE_SSL_REDIRECT", "BIHUAN_SECOND_FACTOR", "BIHUAN_MAKE_KEYS", "BIHUAN_PROXIES"]
    assert values(tmp_path, *names, BIHUAN_DEMO="yes") == [False, False, True, 0]


def test_the_demonstrations_sign_in_cookies_outlive_a_restart(tmp_path):
    first, second = (values(tmp_path, "SECRET_KEY", BIHUAN_DEMO="yes") for _ in range(2))
    assert first == second
    assert len(str(first[0])) == 64


def test_a_key_from_the_environment_is_taken(tmp_path):
    assert values(tmp_path, "SECRET_KEY", BIHUAN_SECRET_KEY="k" * 50) == ["k" * 50]


def test_the_content_policy_has_no_hole(tmp_path):
    (policy,) = values(tmp_path, "SECURE_CSP")
    assert isinstance(policy, dict)
    for name in ("default-src", "script-src", "style-src"):
        assert policy[name] == ["'self'"]
    assert "unsafe" not in str(policy)
    assert "*" not in str(policy)


def test_chinese_is_the_first_language(tmp_path):
    assert values(tmp_path, "LANGUAGE_CODE") == ["zh-hans"]
