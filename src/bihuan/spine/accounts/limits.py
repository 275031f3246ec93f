"""How much a token may ask in a minute, right for several processes and cheap.

A process takes requests out of the token's row in small lots by one conditional UPDATE, and answers those without
asking again. Together they never answer more than the limit; what a process holds and does not use is lost with the
minute, so a token that speaks to several processes may be refused a few lots early.
"""

from dataclasses import dataclass
from threading import Lock

from django.db.models import F

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Token

WINDOW_S = 60
LOTS = 50
NO_LIMIT = 2**30


@dataclass(frozen=True)
class Budget:
    """What a token may still ask: of ``limit`` in a window, ``left`` for the next ``reset_s`` seconds."""

    limit: int
    left: int
    reset_s: int
    is_spent: bool


@dataclass
class _Lot:
    window: int
    held: int
    beyond: int
    """What the row still had after the lot was taken."""


_lots: dict[int, _Lot] = {}
_lock = Lock()


def spend(token: Token, limit: int) -> Budget:
    """Count one request; without a limit (0) only keep when the token was last used."""
    limit = limit or NO_LIMIT
    at = int(clock.real_s())
    window, reset_s = at // WINDOW_S, WINDOW_S - at % WINDOW_S
    with _lock:
        lot = _lots.get(token.pk)
        if lot is None or lot.window != window or not lot.held:
            lot = _lots[token.pk] = _take(token.pk, window, limit)
        if not lot.held:
            return Budget(limit, 0, reset_s, is_spent=True)
        lot.held -= 1
        return Budget(limit, lot.held + lot.beyond, reset_s, is_spent=False)


def forget() -> None:
    """Let go of every lot (tests)."""
    _lots.clear()


def _take(token_id: int, window: int, limit: int) -> _Lot:
    row, now = Token.objects.filter(pk=token_id), clock.now()
    row.exclude(window=window).update(window=window, spent=0, last_used_at=now)
    for size in sorted({max(1, limit // LOTS), 1}, reverse=True):
        within = row.filter(window=window, spent__lte=limit - size)
        if within.update(spent=F("spent") + size, last_used_at=now):
            spent = row.values_list("spent", flat=True).get()
            return _Lot(window, size, max(0, limit - spent))
    return _Lot(window, 0, 0)
