"""A mail as words: who wrote, its number, what is new in it. What a machine sent by itself is nobody's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html import unescape

LIMIT = 4000
# Where a mail program begins to quote what it answers, in the languages and programs in use.
_QUOTED = re.compile(
    r"^\s*(>|-{2,}\s*(original message|原始邮件)|on .{5,200} wrote:|.{0,100}(写道|发件人)[:：]|from:\s.+@|_{10,})",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]{0,500}>")


@dataclass(frozen=True)
class Letter:
    """Who wrote, the mail's own number, the words without what they quote, and the pictures beside them."""

    sender: str
    number: str
    text: str
    pictures: tuple[bytes, ...] = ()


def read(raw: bytes) -> Letter | None:
    """Read a mail; None when a machine sent it, which must not be answered, or nobody is named."""
    mail = message_from_bytes(raw, policy=policy.default)
    sender = parseaddr(str(mail.get("Reply-To") or mail.get("From") or ""))[1].lower()
    number = str(mail.get("Message-ID") or "").strip()
    if "@" not in sender or not number or _is_automatic(mail, sender):
        return None
    subject = str(mail.get("Subject") or "").strip()
    words = _new_words(_body(mail))
    is_answer = re.match(r"(re|aw|回复|答复)\s*[:：]", subject, re.IGNORECASE)
    text = (words if is_answer else f"{subject}\n{words}").strip()[:LIMIT]
    return Letter(sender, number, text, tuple(_pictures(mail)))


def _pictures(mail: EmailMessage) -> Iterator[bytes]:
    """Yield what lies beside the words and says that it is a picture; that is proved when it is kept."""
    for part in mail.walk():
        if part.get_content_maintype() == "image":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield content


def _is_automatic(mail: EmailMessage, sender: str) -> bool:
    """Say whether a machine sent it (RFC 3834): answered, it would answer again without end."""
    said = str(mail.get("Auto-Submitted") or "no").lower()
    is_bulk = str(mail.get("Precedence") or "").lower() in {"bulk", "junk", "list"}
    name = sender.partition("@")[0]
    return (
        said != "no"
        or is_bulk
        or "List-Id" in mail
        or name in {"mailer-daemon", "postmaster", "noreply", "no-reply"}
    )


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError):
        return ""
    return unescape(_TAG.sub(" ", text)) if part.get_content_type() == "text/html" else text


def _new_words(text: str) -> str:
    kept = []
    for line in text.replace("\x00", "").splitlines():
        if _QUOTED.match(line) or line.rstrip() == "--":
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip()
