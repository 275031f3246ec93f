"""Nobody is served without the keys, or with keys that others can read."""

import pytest

from bihuan.spine.accounts.checks import KEYS, check_keys

pytestmark = pytest.mark.once


@pytest.fixture
def keys(tmp_path, settings):
    settings.BIHUAN_KEYS, settings.BIHUAN_MAKE_KEYS = tmp_path, False
    settings.SECRET_KEY = "a" * 64
    for name in KEYS:
        (tmp_path / name).touch(mode=0o600)
    return tmp_path


def said() -> list[str | None]:
    return [message.id for message in check_keys(None)]


def test_all_keys_for_the_owner_alone_is_well(keys):
    assert said() == []


@pytest.mark.parametrize("name", KEYS)
def test_a_missing_key_is_an_error_that_says_how_to_make_it(keys, name):
    (keys / name).unlink()
    (message,) = check_keys(None)
    assert message.is_serious()
    assert message.hint == f"Make it once: openssl rand -hex 32 > {keys / name}"


def test_djangos_key_must_be_there_too(keys, settings):
    settings.SECRET_KEY = "django-insecure-the-key-is-missing"
    assert said() == ["bihuan.E001"]


def test_a_key_that_others_can_read_is_warned_of_and_a_public_one_is_not(keys):
    (keys / "audit-sign.old.pub").write_text("")
    (keys / "private").chmod(0o640)
    assert said() == ["bihuan.W001"]


def test_where_keys_are_made_when_missing_none_is_missed(tmp_path, settings):
    settings.BIHUAN_KEYS, settings.BIHUAN_MAKE_KEYS, settings.SECRET_KEY = tmp_path, True, "a" * 64
    assert said() == []
