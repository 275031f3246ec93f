"""Words to staff by Apprise: group robots of DingTalk, Feishu and WeCom, and some 170 others.

The package is an extra (``bihuan[apprise]``). Where words go stands in a file of Apprise's own form
(``BIHUAN_APPRISE``) whose tags are user names: it holds keys and may lead anywhere, so it belongs to whoever runs the
server. The outbox knows the tag alone.
"""

import logging
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bihuan.spine.messages.channels.refusing import NotTaken
from bihuan.spine.messages.models import Message

log = logging.getLogger(__name__)

PACKAGE = "apprise"
PREFIX = "apprise:"
ABSENT = "The channel apprise needs a package that is not installed: pip install 'bihuan[apprise]'."


class Apprise:
    """Reaches those whose names are tags of the file."""

    name = "apprise"
    is_immediate = False

    def reaches(self, address: str) -> bool:
        return address.startswith(PREFIX) and knows(address.removeprefix(PREFIX))

    def deliver(self, message: Message, address: str) -> None:
        tag = address.removeprefix(PREFIX)
        if not ways().notify(title=message.subject, body=message.body, body_format="text", tag=tag):
            raise NotTaken("not all of the ways in the file took it")


def address_of(username: str) -> str:
    """Return the address of a member of staff on this channel."""
    return f"{PREFIX}{username}"


def knows(tag: str) -> bool:
    """Say whether the file names a way for a tag; without a file it names none, and staff are told elsewhere."""
    try:
        return any(True for _ in ways().find(tag=tag, match_always=False))
    except ImproperlyConfigured as error:
        log.warning("%s", error)
        return False


def ways() -> Any:
    """Return what the file says now, as Apprise reads it.

    Raises
    ------
    ImproperlyConfigured
        when the package or the file is not there.
    """
    check_installed()
    path = Path(settings.BIHUAN_APPRISE)
    if not settings.BIHUAN_APPRISE or not path.is_file():
        raise ImproperlyConfigured("BIHUAN_APPRISE names no file; it says where words to staff go.")
    return _read(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _read(path: str, changed_ns: int) -> Any:
    import apprise

    told, found = apprise.AppriseConfig(), apprise.Apprise()
    told.add(path)
    found.add(told)
    return found


def check_installed() -> None:
    """Refuse, in words that help, where the package is not there."""
    if find_spec(PACKAGE) is None:
        raise ImproperlyConfigured(ABSENT)
