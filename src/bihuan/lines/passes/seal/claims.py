"""What a pass says: a CBOR Web Token (RFC 8392) with one private claim. No person's name and nothing of health."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bihuan.lines.passes.seal import cbor
from bihuan.lines.passes.seal.reasons import Reason, Unreadable

EXP, NBF, IAT, CTI = 4, 5, 6, 7
PASS = -65537
NUMBER, EDITION, PLATE, COLOUR, GOODS, ROUTE, CREW, CLOSED_LOOP = range(1, 9)
SERIAL_BYTES = 8


@dataclass(frozen=True)
class Claims:
    """One vehicle, one route, from-until; ``route`` is county codes from origin to destination."""

    number: str
    edition: int
    plate: str
    colour: str
    goods: str
    route: tuple[str, ...]
    crew: int
    is_closed_loop: bool
    issued_at: datetime
    valid_from: datetime
    valid_until: datetime

    @property
    def serial(self) -> bytes:
        """Eight bytes that name just this content: by them a copy is found that is shown in two places."""
        return digest(self._said())

    def encode(self) -> bytes:
        """Write them as the payload of a seal."""
        return cbor.encode(self._said() | {CTI: self.serial})

    def _said(self) -> dict[int, Any]:
        return {
            EXP: int(self.valid_until.timestamp()),
            NBF: int(self.valid_from.timestamp()),
            IAT: int(self.issued_at.timestamp()),
            PASS: {
                NUMBER: int(self.number),
                EDITION: self.edition,
                PLATE: self.plate,
                COLOUR: self.colour,
                GOODS: self.goods,
                ROUTE: [int(code) for code in self.route],
                CREW: self.crew,
                CLOSED_LOOP: self.is_closed_loop,
            },
        }


def digest(said: Mapping[Any, Any]) -> bytes:
    """Return the serial that claims without one must bear."""
    return hashlib.sha256(cbor.encode(said)).digest()[:SERIAL_BYTES]


def is_consistent(said: Mapping[Any, Any]) -> bool:
    """Say whether the serial in the claims is the one that the rest of them must bear."""
    return said.get(CTI) == digest({name: value for name, value in said.items() if name != CTI})


def standing(said: Mapping[Any, Any], now: datetime) -> Reason:
    """Say whether a token is in force now: valid, not yet, or expired."""
    at = now.timestamp()
    if at < max(said.get(NBF, 0), said.get(IAT, 0)):
        return Reason.NOT_YET
    return Reason.EXPIRED if at >= said.get(EXP, at + 1) else Reason.VALID


def read(said: Mapping[Any, Any]) -> Claims:
    """Read claims that a good signature covers; what this reader does not know is passed over.

    Raises
    ------
    Unreadable
        damaged: something is missing or of another kind.
    """
    try:
        inner = said[PASS]
        return Claims(
            number=f"{_number(inner[NUMBER]):012}",
            edition=_number(inner[EDITION]),
            plate=_text(inner[PLATE]),
            colour=_text(inner[COLOUR]),
            goods=_text(inner[GOODS]),
            route=tuple(f"{_number(code):06}" for code in inner[ROUTE]),
            crew=_number(inner[CREW]),
            is_closed_loop=_flag(inner[CLOSED_LOOP]),
            issued_at=_instant(said[IAT]),
            valid_from=_instant(said[NBF]),
            valid_until=_instant(said[EXP]),
        )
    except (LookupError, TypeError, ValueError, OverflowError):
        raise Unreadable(Reason.DAMAGED) from None


def _number(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _instant(value: Any) -> datetime:
    return datetime.fromtimestamp(_number(value), UTC)
