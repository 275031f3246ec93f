"""Reads what the environment says, with a clear sentence when it can't be read."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return a variable, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """Return a yes or no; anything but 1/0, yes/no, true/false is an error."""
    said = text(name).lower()
    if said in {"1", "yes", "true", "on"}:
        return True
    if said in {"0", "no", "false", "off"}:
        return False
    if said:
        raise ImproperlyConfigured(f"{name} is {said!r}; say yes or no.")
    return default


def number(name: str, default: int) -> int:
    """Return a whole number."""
    said = text(name)
    try:
        return int(said) if said else default
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {said!r}; it takes a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return a comma list without empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def weights(name: str, default: str) -> dict[str, float]:
    """Return words with their weights: ``response=30,resolution=40``; none below nothing, not all nothing."""
    pairs = [word.partition("=") for word in words(name, default)]
    try:
        read = {word.strip(): float(weight) for word, _, weight in pairs}
    except ValueError:
        raise ImproperlyConfigured(f"{name} is a list of word=number.") from None
    if not all(0 <= weight < 1e9 for weight in read.values()) or not any(read.values()):
        raise ImproperlyConfigured(f"{name} wants weights of nought or more, and one above nought.")
    return read


def database(url: str, var: Path) -> dict[str, Any]:
    """Turn ``BIHUAN_DATABASE_URL`` into an entry of ``DATABASES``; empty means SQLite under ``var``."""
    parts = urlsplit(url or f"sqlite:///{var / 'bihuan.sqlite3'}")
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:]))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise ImproperlyConfigured("BIHUAN_DATABASE_URL begins with sqlite:/// or postgresql://.")


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # IMMEDIATE: a transaction that will write waits for its turn at the start, so it never
            # fails half-way. FULL: what was acknowledged survives a power cut.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path[1:],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
