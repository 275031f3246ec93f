"""Files that another program carries on, such as a gateway for text messages: one JSON line a message.

The files lie under ``var/outbox``, one a day, readable by their owner only, since they hold telephones in
plain. ``id`` is the same when a message is written twice after a crash.
"""

import json
import os
from pathlib import Path

from django.conf import settings

from bihuan.kernel import clock
from bihuan.spine.messages.models import Message


class File:
    """Reaches any address."""

    name = "file"
    is_immediate = False

    def reaches(self, address: str) -> bool:
        return bool(address)

    def deliver(self, message: Message, address: str) -> None:
        folder = Path(settings.BIHUAN_VAR) / "outbox"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _append(folder / f"{clock.now():%Y-%m-%d}.jsonl", _line(message, address))


def _line(message: Message, address: str) -> bytes:
    fields = {
        "id": message.pk,
        "to": address,
        "language": message.language,
        "subject": message.subject,
        "body": message.body,
        "about": message.about,
    }
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def _append(path: Path, line: bytes) -> None:
    """Write one line and wait until the disk has it; two workers' lines don't mix (O_APPEND)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.write(descriptor, line) != len(line):
            raise OSError(f"{path} took only a part of a line; is the disk full?")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
