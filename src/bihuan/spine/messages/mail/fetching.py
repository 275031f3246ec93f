"""The city's mailbox, read over IMAP with TLS. A mail is marked as seen only when it has been taken care of."""

import imaplib
from collections.abc import Callable

from django.conf import settings

TIMEOUT_S = 10
BATCH = 20


def fetch(take: Callable[[bytes], None], limit: int = BATCH) -> int:
    """Hand the unseen mails over one by one, oldest first; return how many. Nothing is done without a mailbox.

    A mail that can't be taken stays unseen and keeps no other from being taken; what went wrong is raised at the end.
    """
    if not settings.BIHUAN_IMAP_HOST:
        return 0
    box = imaplib.IMAP4_SSL(settings.BIHUAN_IMAP_HOST, timeout=TIMEOUT_S)
    try:
        box.login(settings.BIHUAN_IMAP_USER, settings.BIHUAN_IMAP_PASSWORD)
        box.select("INBOX")
        numbers = box.uid("SEARCH", "UNSEEN")[1][0].split()[:limit]
        failed = [error for number in numbers if (error := _hand_over(box, number, take))]
        if failed:
            raise failed[0]
        return len(numbers)
    finally:
        box.shutdown()


def _hand_over(box: imaplib.IMAP4_SSL, number: bytes, take: Callable[[bytes], None]) -> Exception | None:
    # PEEK: reading alone marks nothing, so that a worker that dies leaves the mail for the next.
    parts = box.uid("FETCH", number.decode(), "(BODY.PEEK[])")[1]
    try:
        take(next((part[1] for part in parts if isinstance(part, tuple)), b""))
    except Exception as error:
        return error
    box.uid("STORE", number.decode(), "+FLAGS", "(\\Seen)")
    return None
