"""How alike two texts are, and which words they share."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

LATIN_GRAM, CHINESE_GRAM = 3, 2
FEWEST_GRAMS = 4
LIKE = 0.5
KEPT = 4_096


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1: the share of the pieces that they have in common (Dice).

    Pieces are two characters long in Chinese and three in Latin writing. Texts of a few characters are
    like nothing.
    """
    return alike(grams(one), grams(other))


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the same for texts that have been cut into pieces already."""
    if min(len(a), len(b)) < FEWEST_GRAMS:
        return 0.0
    return 2 * len(a & b) / (len(a) + len(b))


@lru_cache(maxsize=KEPT)
def grams(text: str) -> frozenset[str]:
    """Cut a text into its overlapping pieces; remembered, for the newest Cases are compared again and again."""
    plain = "".join(_folded(character) for character in text if character.isalnum())
    return frozenset(_pieces(plain, _length_of(plain)))


def _pieces(plain: str, length: int) -> Iterator[str]:
    return (plain[start : start + length] for start in range(len(plain) - length + 1))


def _length_of(plain: str) -> int:
    return LATIN_GRAM if plain.isascii() else CHINESE_GRAM


def _folded(character: str) -> str:
    return unicodedata.normalize("NFKC", character).casefold()


@dataclass(frozen=True)
class Span:
    """A stretch of a text, and whether the other text holds it too."""

    text: str
    is_shared: bool


def shared_spans(text: str, other: str) -> list[Span]:
    """Divide a text into what the other one says too and what it doesn't, for marking."""
    kept = [place for place, character in enumerate(text) if character.isalnum()]
    plain = [_folded(text[place]) for place in kept]
    length = _length_of("".join(plain))
    theirs = grams(other)
    marked: set[int] = set()
    for start in range(len(plain) - length + 1):
        if "".join(plain[start : start + length]) in theirs:
            marked.update(range(kept[start], kept[start + length - 1] + 1))
    runs = groupby(range(len(text)), key=lambda place: place in marked)
    return [Span("".join(text[place] for place in places), is_shared) for is_shared, places in runs]
