"""Receipts: twelve digits that can be said on the telephone, eleven drawn at random and a check digit.

Those that begin with 9 are for paper: drawn ahead and printed on forms. Every other door draws from the rest, so that
none of them can meet a printed number.

The check digit is Damm's (H. M. Damm, *Total anti-symmetrische Quasigruppen*, 2004): it finds every
single wrong digit and every two neighbours swapped.
"""

import secrets
from collections.abc import Callable

RECEIPT_DIGITS = 12
PRINTED = "9"

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> str:
    """Return Damm's check digit of a string of decimal digits."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][ord(digit) - 48]
    return str(interim)


def new_receipt(below: Callable[[int], int] = secrets.randbelow) -> str:
    """Draw a receipt that is not for paper. ``below(n)`` gives a whole number in ``range(n)``."""
    digits = str(below(int(PRINTED) * 10 ** (RECEIPT_DIGITS - 2))).zfill(RECEIPT_DIGITS - 1)
    return digits + check_digit(digits)


def new_printed(below: Callable[[int], int] = secrets.randbelow) -> str:
    """Draw a receipt for paper; at random like the others, so that no form tells the number of the next."""
    digits = PRINTED + str(below(10 ** (RECEIPT_DIGITS - 2))).zfill(RECEIPT_DIGITS - 2)
    return digits + check_digit(digits)


def is_printed(plain: str) -> bool:
    """Say whether a plain receipt is one of those for paper."""
    return is_receipt(plain) and plain.startswith(PRINTED)


def plain_receipt(typed: str) -> str:
    """Return what was typed without spaces and dashes, full-width digits made plain."""
    kept = "".join(typed.split()).replace("-", "")
    return "".join(str(int(c)) if c.isdecimal() else c for c in kept)


def is_receipt(plain: str) -> bool:
    """Say whether twelve plain digits carry the right check digit."""
    if len(plain) != RECEIPT_DIGITS or not (plain.isascii() and plain.isdigit()):
        return False
    return check_digit(plain[:-1]) == plain[-1]


def format_receipt(plain: str) -> str:
    """Group a receipt by four for reading aloud: ``4821 0937 5526``."""
    return " ".join(plain[i : i + 4] for i in range(0, len(plain), 4))
