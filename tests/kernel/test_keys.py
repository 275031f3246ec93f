"""Keys are files that only their owner reads; a missing one is made only where that may be."""

import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bihuan.kernel.keys import KEY_BYTES, load, secret

pytestmark = pytest.mark.once


def test_a_missing_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "keys" / "private"
    key = load(path, make=True)
    assert len(key) == KEY_BYTES
    assert load(path, make=False) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["private"]


def test_a_lost_key_is_not_silently_replaced(tmp_path):
    with pytest.raises(FileNotFoundError, match="openssl rand -hex 32") as told:
        load(tmp_path / "private", make=False)
    assert told.value.filename == str(tmp_path / "private")


@pytest.mark.parametrize("text", ["", "abc", "zz" * 32, "ab" * 31, "ab" * 33])
def test_what_is_no_key_is_refused(tmp_path, text):
    (tmp_path / "private").write_text(text)
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        load(tmp_path / "private", make=True)


def test_two_that_start_at_once_get_the_same_key(tmp_path):
    start = threading.Barrier(8)

    def reader() -> bytes:
        start.wait(10)
        return load(tmp_path / "k" / "private", make=True)

    with ThreadPoolExecutor(8) as pool:
        keys = {future.result() for future in [pool.submit(reader) for _ in range(8)]}
    assert len(keys) == 1


def test_a_secret_is_found_by_its_name_where_the_settings_say(settings):
    assert secret("private") == load(settings.BIHUAN_KEYS / "private", make=False)
    assert secret("private") != secret("lookup")
