"""Numbers of Cases as they come in addresses and forms."""

from collections.abc import Iterable

MOST_AT_ONCE = 200
LARGEST_ID = 2**63 - 1


def read_number(word: str) -> int | None:
    """Return the number that a word is, if a row could have it."""
    number = int(word) if word.isascii() and word.isdecimal() and len(word) < 20 else 0
    return number if 0 < number <= LARGEST_ID else None


def read_numbers(words: Iterable[str], most: int = MOST_AT_ONCE) -> list[int]:
    """Return the first numbers among some words; what is none is passed over."""
    return [number for word in words if (number := read_number(word))][:most]
