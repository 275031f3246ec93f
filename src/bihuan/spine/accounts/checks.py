"""System checks before anybody is served: the keys are there, and nobody else can read them."""

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.core.checks.security.base import SECRET_KEY_INSECURE_PREFIX

KEYS = ("private", "lookup", "audit-sign")
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_keys(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to serve without the keys; warn of keys that other accounts of the machine can read."""
    folder = Path(settings.BIHUAN_KEYS)
    missing = [name for name in KEYS if not (folder / name).exists() and not settings.BIHUAN_MAKE_KEYS]
    if settings.SECRET_KEY.startswith(SECRET_KEY_INSECURE_PREFIX):
        missing.append("django")
    errors = [_missing(folder / name) for name in missing]
    open_ = [path for path in folder.glob("*") if path.suffix != ".pub" and path.stat().st_mode & FOR_OTHERS]
    return [*errors, *(_readable(path) for path in open_)]


def _missing(path: Path) -> CheckMessage:
    return Error(
        f"The key {path} is missing.", hint=f"Make it once: openssl rand -hex 32 > {path}", id="bihuan.E001"
    )


def _readable(path: Path) -> CheckMessage:
    return Warning(
        f"Other accounts of this machine can read the key {path}.",
        hint=f"chmod 600 {path}",
        id="bihuan.W001",
    )
