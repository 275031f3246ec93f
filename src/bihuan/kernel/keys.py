"""Secrets live in files outside the database, one file a secret."""

import errno
import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


@cache
def secret(name: str) -> bytes:
    """Return the secret called ``name`` (32 bytes) from the folder of keys.

    In the demo and in tests a missing one is made; elsewhere that would hide a lost key.

    Raises
    ------
    FileNotFoundError
        when there is no such key and none may be made.
    ValueError
        when the file holds anything but 64 hexadecimal digits.
    """
    return load(Path(settings.BIHUAN_KEYS) / name, make=settings.BIHUAN_MAKE_KEYS)


def load(path: Path, *, make: bool) -> bytes:
    """Read a key from its file; ``secret`` for whoever has no settings yet."""
    if make and not path.exists():
        _make(path)
    if not path.exists():
        raise FileNotFoundError(
            errno.ENOENT, "This key is missing; make it once with openssl rand -hex 32", str(path)
        )
    try:
        key = bytes.fromhex(path.read_text())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError(f"The key {path} must hold 64 hexadecimal digits.")
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(KEY_BYTES))
    try:
        # Two processes may start at once: only one makes the key, the other reads it. Linking a
        # finished file keeps a reader from seeing half a key.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
