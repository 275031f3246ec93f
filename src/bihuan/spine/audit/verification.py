"""Proving the whole log: roots, chain, signatures, the order without a gap, nothing left unsealed."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from bihuan.kernel import clock
from bihuan.spine.audit import append_only, merkle
from bihuan.spine.audit.canonical import seal_bytes, seal_hash
from bihuan.spine.audit.models import Event, Seal
from bihuan.spine.audit.reading import Leaves, Row, seals
from bihuan.spine.audit.sealing import NO_SEAL_BEFORE
from bihuan.spine.audit.signing import Keyring

GRACE_S = 60


@dataclass(frozen=True)
class Fault:
    """Something in the log that can't be as it was written. ``kind``: seal, event, position or log."""

    kind: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.what}" if self.number else f"{self.kind}: {self.what}"


@dataclass
class Tally:
    """What was gone through so far, and where the next Seal must go on."""

    events: int = 0
    seals: int = 0
    next_number: int = 1
    next_position: int = 1
    chain: bytes | None = NO_SEAL_BEFORE


@dataclass(frozen=True)
class Sequel:
    """What another room can prove once the log holds: how much there is to go through, and the faults found."""

    holds: str
    size: Callable[[], int]
    check: Callable[[Callable[[int], None]], Iterator[Fault]]


_sequels: dict[str, Sequel] = {}


def add_sequel(name: str, sequel: Sequel) -> None:
    """Have ``bihuan verify`` go on with a check of a room above; a room calls this when Django starts."""
    _sequels[name] = sequel


def sequels() -> list[Sequel]:
    """Return what is proved after the log, in the order in which it was added."""
    return list(_sequels.values())


def check_log(
    keyring: Keyring, tally: Tally, seen: Callable[[int], None] = lambda _: None
) -> Iterator[Fault]:
    """Yield every fault of the log.

    Parameters
    ----------
    keyring : the public keys that may have signed.
    tally : counted up while the faults are drawn.
    seen : told after each Seal how many Events it held.
    """
    leaves = Leaves()
    for number, seal in seals():
        if number != tally.next_number:
            yield Fault("seal", tally.next_number, f"is missing; {number} is next")
        if seal is None:
            yield Fault("seal", number, "can't be read")
            tally.chain = None
        else:
            yield from _check_seal(seal, keyring, tally)
            yield from _check_leaves(seal, leaves.up_to(tally.next_position - 1), tally, seen)
        tally.next_number = number + 1
    for row in leaves.up_to(math.inf):
        yield Fault("event", row.event_id, f"stands at position {row.position}, which no seal covers")
    yield from check_unsealed()
    yield from check_guards()


def check_unsealed() -> Iterator[Fault]:
    """Yield the Events that no Seal took in within a minute."""
    late = clock.ago(GRACE_S)
    for number in Event.objects.filter(leaf=None, at__lt=late).order_by("id").values_list("id", flat=True):
        yield Fault("event", number, "is not sealed; `bihuan seal` takes in what was left behind")


def check_guards() -> Iterator[Fault]:
    """Yield the triggers that keep the log append-only and are gone."""
    for name in append_only.missing(connection):
        yield Fault("log", 0, f"the trigger {name} is gone")


def check_since(number: int, noted: str) -> Iterator[Fault]:
    """Yield a fault unless the Seal whose hash was noted elsewhere is still the one in the log."""
    seal = Seal.objects.filter(pk=number).first()
    if seal is None or seal_hash(seal).hex() != noted.lower():
        yield Fault("seal", number, "is not the one that was noted")


def _check_seal(seal: Seal, keyring: Keyring, tally: Tally) -> Iterator[Fault]:
    if tally.chain is not None and bytes(seal.previous) != tally.chain:
        yield Fault("seal", seal.pk, "is not chained to the seal before it: one of the two was changed")
    if tally.chain is not None and seal.first_position != tally.next_position:
        yield Fault("seal", seal.pk, f"begins at {seal.first_position} instead of {tally.next_position}")
    if not keyring.knows(seal.key_id):
        yield Fault("seal", seal.pk, f"is signed with a key that is not known ({seal.key_id})")
    elif not keyring.holds(seal.key_id, seal_bytes(seal), bytes(seal.signature)):
        yield Fault("seal", seal.pk, "bears a wrong signature: it was changed")
    tally.seals += 1
    tally.chain = seal_hash(seal)
    tally.next_position = seal.first_position + seal.leaf_count


def _check_leaves(
    seal: Seal, rows: Iterable[Row], tally: Tally, seen: Callable[[int], None]
) -> Iterator[Fault]:
    expected, digests = seal.first_position, []
    for row in rows:
        if row.position != expected:
            yield Fault("position", min(expected, row.position), "is missing or out of its place")
        yield from _check_row(row)
        digests.append(row.digest)
        expected = row.position + 1
    if len(digests) != seal.leaf_count:
        yield Fault("seal", seal.pk, f"covers {seal.leaf_count} leaves and {len(digests)} are there")
    elif merkle.root(digests) != bytes(seal.root):
        yield Fault("seal", seal.pk, "its root does not stand for its leaves: one of them was changed")
    tally.events += len(digests)
    seen(len(digests))


def _check_row(row: Row) -> Iterator[Fault]:
    if row.event is None:
        yield Fault("event", row.event_id, f"at position {row.position} is missing or can't be read")
    elif merkle.leaf_hash(row.event) != row.digest:
        yield Fault("event", row.event_id, f"or its leaf at position {row.position} was changed")
