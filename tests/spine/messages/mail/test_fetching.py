"""The mailbox."""

from typing import Any

import pytest

from bihuan.spine.messages.mail import fetching


class Box:
    """A mailbox of two mails."""

    mails: dict[bytes, bytes]
    seen: list[str]

    def __init__(self, host: str, timeout: float) -> None:
        Box.mails, Box.seen = {b"4": b"first", b"7": b"second"}, []

    def login(self, *_: str) -> None: ...

    def select(self, _: str) -> None: ...

    def shutdown(self) -> None: ...

    def uid(self, verb: str, *said: str) -> Any:
        if verb == "SEARCH":
            return "OK", [b" ".join(self.mails)]
        if verb == "STORE":
            Box.seen.append(said[0])
            return "OK", []
        return "OK", [(b"head", self.mails[said[0].encode()]), b")"]


@pytest.fixture(autouse=True)
def box(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.BIHUAN_IMAP_HOST = "mail.example"
    monkeypatch.setattr("imaplib.IMAP4_SSL", Box)


def test_each_mail_is_handed_over_and_then_marked() -> None:
    got: list[bytes] = []
    assert fetching.fetch(got.append) == 2
    assert (got, Box.seen) == ([b"first", b"second"], ["4", "7"])


def test_one_that_could_not_be_taken_stays_unseen() -> None:
    with pytest.raises(ZeroDivisionError):
        fetching.fetch(lambda _: 1 // 0)  # type: ignore[arg-type,return-value]
    assert Box.seen == []


def test_one_that_could_not_be_taken_keeps_no_other_waiting() -> None:
    got: list[bytes] = []

    def take(raw: bytes) -> None:
        if raw == b"first":
            raise ZeroDivisionError
        got.append(raw)

    with pytest.raises(ZeroDivisionError):
        fetching.fetch(take)
    assert (got, Box.seen) == ([b"second"], ["7"])


def test_without_a_mailbox_nothing_is_done(settings: Any) -> None:
    settings.BIHUAN_IMAP_HOST = ""
    assert fetching.fetch(lambda _: None) == 0
