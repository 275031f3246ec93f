"""Going to the agencies' servers beside the worker's rounds: a thread a server, a few at a time.

A server that is slow keeps neither an ask from being sorted nor another server waiting. A link is one worker's at a
time: it is claimed by a conditional update whose lease outlasts a journey.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException

from django.db import connection
from django.db.models import Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.lines.abroad import linking, polling, sending, wire
from bihuan.lines.abroad.models import Handing, Link, Saying, State

MOST_AT_ONCE = 4
LEASE_S = 900
JOURNEY_S = 300
"""When no further question is begun; with the longest wait for one answer it stays well inside the lease."""
POLL_S = 60
BATCH = 50
READY = (State.WAITING, State.SENDING, State.UNCLEAR, State.TOKEN)
DEEDS: dict[str, Callable[[Handing], None]] = {
    State.WAITING: sending.send,
    # Whoever was sending it is gone, for the link is ours now: it may be there.
    State.SENDING: lambda handing: sending.become_unclear(handing, "interrupted"),
    State.UNCLEAR: sending.look,
    State.TOKEN: polling.ask_token,
}

log = logging.getLogger(__name__)


class Travellers:
    """The threads that are under way."""

    def __init__(self) -> None:
        self._going: dict[int, threading.Thread] = {}

    def step(self) -> int:
        """Send somebody to each server at which something is due; return to how many."""
        self._going = {number: one for number, one in self._going.items() if one.is_alive()}
        room = MOST_AT_ONCE - len(self._going)
        todo = (
            due_links().exclude(pk__in=self._going).order_by("poll_at") if room > 0 else Link.objects.none()
        )
        numbers = list(todo.values_list("pk", flat=True)[: max(room, 0)])
        for number in numbers:
            thread = threading.Thread(target=_go, args=(number,), name=f"abroad-{number}")
            self._going[number] = thread
            thread.start()
        return len(numbers)

    def wait(self) -> None:
        """Wait for those under way."""
        for one in self._going.values():
            one.join()


def due_links() -> QuerySet[Link]:
    """Return the servers at which something is due and where nobody is."""
    now = clock.now()
    handings = Handing.objects.filter(state__in=READY, due_at__lte=now)
    sayings = Saying.objects.filter(ended_at__isnull=True, due_at__lte=now, handing__state=State.TAKEN)
    is_due = (
        Q(poll_at__lte=now) | Q(pk__in=handings.values("link")) | Q(pk__in=sayings.values("handing__link"))
    )
    is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return Link.objects.filter(is_due, is_free, is_active=True)


def _go(number: int) -> None:
    try:
        journey(number)
    except Exception as error:
        # A database that is away: what was claimed comes back when its lease is over.
        log.warning("abroad failed: %s: %s", type(error).__name__, str(error).partition("\n")[0])
    finally:
        connection.close()


def journey(number: int, clock_s: Callable[[], float] = time.monotonic) -> bool:
    """Do what is due at one server; False when somebody else is there."""
    claimed = Link.objects.filter(pk__in=due_links().filter(pk=number).values("pk"))
    lease = clock.now() + clock.lasting(LEASE_S)
    if not claimed.update(claimed_until=lease):
        return False
    link = Link.objects.select_related("agency").get(pk=number)
    try:
        _visit(link, clock_s() + JOURNEY_S, clock_s)
    finally:
        Link.objects.filter(pk=number, claimed_until=lease).update(claimed_until=None)
    return True


def _visit(link: Link, until_s: float, clock_s: Callable[[], float]) -> None:
    if not _find_endpoint(link):
        return
    for errand in _errands(link):
        if clock_s() > until_s:
            return
        errand()


def _find_endpoint(link: Link) -> bool:
    """Find where a discovery document leads; while it can't be read, nobody goes there again for a while."""
    try:
        linking.adopt_endpoint(link)
    except (OSError, HTTPException, Refused, wire.Away, wire.Refusal, wire.Unclear) as error:
        sending.note_failure(link, f"{type(error).__name__}: {error}")
        Link.objects.filter(pk=link.pk).update(claimed_until=clock.now() + clock.lasting(POLL_S))
        return False
    return True


def _errands(link: Link) -> Iterator[Callable[[], None]]:
    now = clock.now()
    handings = Handing.objects.filter(link=link, state__in=READY, due_at__lte=now)
    for one in handings.select_related("link", "case__service", "case__district", "case__site").order_by(
        "due_at", "id"
    )[:BATCH]:
        yield lambda one=one: DEEDS[one.state](one)  # type: ignore[misc]  # each its own
    sayings = Saying.objects.filter(
        handing__link=link, handing__state=State.TAKEN, ended_at__isnull=True, due_at__lte=now
    )
    for said in sayings.select_related("handing__link", "handing__case").order_by("event_id")[:BATCH]:
        yield lambda said=said: sending.say(said)  # type: ignore[misc]  # each its own
    if link.poll_at <= now:
        yield lambda: _poll(link)


def _poll(link: Link) -> None:
    """Hear what there is to hear; a server that fails is asked again at the next time."""
    Link.objects.filter(pk=link.pk).update(poll_at=clock.now() + clock.lasting(POLL_S))
    try:
        if link.is_extended:
            polling.hear_updates(link)
        else:
            for numbers in polling.numbers_to_ask(link):
                polling.hear_statuses(link, numbers)
    except (wire.Away, wire.Refusal) as error:
        sending.note_failure(link, str(error))
    else:
        Link.objects.filter(pk=link.pk).update(failing_since=None, error="")
