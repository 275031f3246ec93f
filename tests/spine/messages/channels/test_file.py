"""Files for a gateway."""

import json
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.messages.channels.file import File
from bihuan.spine.messages.models import Message

pytestmark = pytest.mark.once

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def outbox(tmp_path: Path, settings: Any) -> Path:
    settings.BIHUAN_VAR = tmp_path
    return tmp_path / "outbox"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.running(lambda: NOON):
        yield


def deliver(number: int = 5, body: str = "已接手") -> None:
    message = Message(pk=number, language="zh-hans", subject="诉求", body=body, about="1")
    File().deliver(message, "+861990000")


def lines(outbox: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (outbox / "2026-11-23.jsonl").read_text().splitlines()]


def test_a_message_is_one_line_with_its_number_and_address(outbox: Path) -> None:
    deliver()
    assert lines(outbox) == [
        {
            "id": 5,
            "to": "+861990000",
            "language": "zh-hans",
            "subject": "诉求",
            "body": "已接手",
            "about": "1",
        }
    ]


def test_lines_are_added_not_replaced_and_a_break_in_the_words_stays_inside(outbox: Path) -> None:
    deliver(1, "one\ntwo")
    deliver(2)
    assert [line["body"] for line in lines(outbox)] == ["one\ntwo", "已接手"]


def test_only_the_owner_may_read_the_telephones(outbox: Path) -> None:
    deliver()
    assert stat.S_IMODE((outbox / "2026-11-23.jsonl").stat().st_mode) == 0o600
    assert stat.S_IMODE(outbox.stat().st_mode) == 0o700


def test_lines_written_side_by_side_do_not_mix(outbox: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: deliver(n, "长" * 2000), range(40)))
    assert sorted(line["id"] for line in lines(outbox)) == list(range(40))


def test_a_folder_that_cannot_be_written_to_is_an_error(outbox: Path) -> None:
    outbox.write_text("a file where the folder should be")
    with pytest.raises(OSError):
        deliver()
