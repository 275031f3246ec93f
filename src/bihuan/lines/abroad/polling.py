"""Asking an agency's server what became of our Cases: numbers for tokens, then updates, or statuses in batches."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import keyed_hash
from bihuan.lines.abroad import deeds, wire
from bihuan.lines.abroad.models import Handing, Heard, Link, State
from bihuan.lines.abroad.sending import hand_back, note_failure, take_number, wait_s, write

BATCH = 50
OVERLAP = timedelta(hours=1)
"""How far before the last update is asked again: their clocks and their commits have an order of their own."""
SPAN = timedelta(days=90)
"""What one question may span."""
HEARD_KEPT = timedelta(days=7)


def ask_token(handing: Handing) -> None:
    """Ask for the number that goes with a token; it may take a server days."""
    try:
        number = wire.number_of(handing.link, handing.token)
    except wire.Away as away:
        note_failure(handing.link, str(away))
        number = ""
    except wire.Refusal:
        number = ""
    if number:
        take_number(handing, number)
        return
    wait = wait_s(handing.attempts + 1)
    if wait is None:
        hand_back(handing, "token")
    else:
        write(handing, attempts=handing.attempts + 1, due_at=clock.now() + clock.lasting(wait))


def hear_updates(link: Link) -> None:
    """Do what their updates say, oldest first, each once."""
    now = clock.now()
    start = max(link.heard_at - OVERLAP, now - SPAN)
    found = sorted(wire.updates(link, start, now), key=lambda one: one.at or now)
    theirs = _by_number(link, {one.number for one in found})
    for one in found:
        handing = theirs.get(one.number)
        if handing:
            _once(handing, one)
    newest = max((one.at for one in found if one.at), default=None)
    if newest:
        # Not beyond now: a clock of theirs that runs ahead must hide nothing that comes after.
        Link.objects.filter(pk=link.pk).update(heard_at=min(newest, now))
    Heard.objects.filter(link=link, at__lt=now - SPAN - HEARD_KEPT).delete()


def _by_number(link: Link, numbers: Iterable[str]) -> dict[str, Handing]:
    found = Handing.objects.filter(link=link, number__in=list(numbers), state=State.TAKEN)
    return {one.number: one for one in found.select_related("link", "case").order_by("id")}


def _once(handing: Handing, update: wire.Update) -> None:
    """Do an update with the row that says so; what the rules of a verb refuse is kept as a failure and left."""
    name = f"{update.number}:{update.update_id}"[:120]
    with transaction.atomic():
        _row, is_new = Heard.objects.get_or_create(
            link=handing.link, update_id=name, defaults={"at": update.at or clock.now()}
        )
        if is_new:
            _hear(handing, update.status, update.words)


def _hear(handing: Handing, status: str, words: str) -> None:
    try:
        deeds.hear(handing, status, words)
    except Refused as refused:
        note_failure(handing.link, f"{handing.number}: {refused.message}")


def hear_statuses(link: Link, numbers: Sequence[str]) -> None:
    """Read how requests stand, all in one question; one by one where a server won't take several."""
    try:
        found = wire.known(link, numbers)
    except wire.Refusal:
        found = [one for number in numbers for one in _single(link, number)]
    theirs = _by_number(link, numbers)
    for one in found:
        handing = theirs.get(one.number)
        if handing and _is_news(handing, one):
            _hear_plain(handing, one)


def _single(link: Link, number: str) -> list[wire.Known]:
    try:
        return wire.one_known(link, number)
    except wire.Refusal as refusal:
        note_failure(link, f"{number}: {refusal}")
        return []


def _is_news(handing: Handing, known: wire.Known) -> bool:
    kept = handing.their_words_hash
    words = known.words.strip()[: deeds.WORDS]
    is_said = not words or (kept is not None and bytes(kept) == keyed_hash(words))
    return known.status != handing.their_status or not is_said


def _hear_plain(handing: Handing, known: wire.Known) -> None:
    was_closed, is_closed = handing.their_status == "closed", known.status == "closed"
    # Open with a number is all that the plain protocol ever says of work that has begun.
    _hear(handing, "CLOSED" if is_closed else "REOPEN" if was_closed else "INVESTIGATING", known.words)
    write(handing, their_status=known.status[:40])


def numbers_to_ask(link: Link) -> list[list[str]]:
    """Return the numbers of what is with them and not over here, in batches."""
    open_ = Handing.objects.filter(link=link, state=State.TAKEN, case__is_open=True)
    numbers = list(open_.order_by("id").values_list("number", flat=True))
    return [numbers[k : k + BATCH] for k in range(0, len(numbers), BATCH)]
