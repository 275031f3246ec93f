"""Mails as words."""

import pytest

from bihuan.spine.messages.mail.reading import read

ODD = b"From: a@b.c\r\nMessage-ID: <1>\r\nContent-Type: text/plain; charset=nope\r\n\r\nx"


def mail(body: str = "no power", kind: str = "text/plain", **headers: str) -> bytes:
    said = {"From": "Ana <Ana@x.example>", "Message-ID": "<1@x>", "Subject": "Building 3", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in said.items() if value]
    return "\r\n".join([*lines, f"Content-Type: {kind}; charset=utf-8", "", body]).encode()


def test_a_mail_is_its_subject_and_its_words() -> None:
    found = read(mail())
    assert found and (found.sender, found.number, found.text) == (
        "ana@x.example",
        "<1@x>",
        "Building 3\nno power",
    )


@pytest.mark.parametrize(
    "quoted",
    [
        "> old",
        "On Mon, 23 Nov 2026, City wrote:",
        "-----Original Message-----",
        "2026年11月23日 某市 写道：",
        "--",
    ],
)
def test_of_an_answer_only_the_new_words_count(quoted: str) -> None:
    found = read(mail(f"third floor\n\n{quoted}\nold words", Subject="Re: Your ask"))
    assert found and found.text == "third floor"


def test_markup_is_taken_off() -> None:
    found = read(mail("<p>no&nbsp;<b>power</b></p>", "text/html"))
    assert found and "power" in found.text and "<" not in found.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<l.x>"},
        {"From": "MAILER-DAEMON@x.example"},
        {"From": "nobody"}, {"Message-ID": ""},
    ],
)  # fmt: skip
def test_what_a_machine_sent_or_nobody_signed_is_left_alone(headers: dict[str, str]) -> None:
    assert read(mail(**headers)) is None


@pytest.mark.parametrize(
    "raw",
    [b"", b"\xff\xfe", ODD],
)
def test_nonsense_breaks_nothing(raw: bytes) -> None:
    found = read(raw)
    assert found is None or found.text in {"", "x"}
