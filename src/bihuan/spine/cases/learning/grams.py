"""Short runs of characters of a text: of Chinese one to three, of a Latin word three to five with its edges."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_TEXT = 600
# Digits all count as the same one: what a number says is nobody's to learn.
_RUNS = re.compile(r"[a-z0]+|[^\W_a-z0]+")
_DIGIT = re.compile(r"\d")
CHINESE = (1, 2, 3)
LATIN = (3, 4, 5)
PLACE = "@"


def evened(text: str) -> str:
    """Return a text as it is read: one width, one case, every digit a nought, cut where it is very long."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).casefold()
    return _DIGIT.sub("0", plain)


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each run of an evened text, and where it stands."""
    for match in _RUNS.finditer(text):
        word, start = match[0], match.start()
        if word.isascii():
            yield from _of_latin(f" {word} ", start - 1)
        else:
            yield from _of_chinese(word, start)


def _of_latin(word: str, start: int) -> Iterator[tuple[str, int, int]]:
    # The edges belong to the run, but not to where it stands.
    first, last = start + 1, start + len(word) - 1
    for length in LATIN:
        for at in range(max(1, len(word) - length + 1)):
            run = word[at : at + length]
            yield run, max(first, start + at), min(last, start + at + len(run))


def _of_chinese(word: str, start: int) -> Iterator[tuple[str, int, int]]:
    for length in CHINESE:
        for at in range(len(word) - length + 1):
            yield word[at : at + length], start + at, start + at + length


def grams_of(text: str, district: str = "") -> frozenset[str]:
    """Return the runs of a text, and the code of its district as one more."""
    found = {gram for gram, _, _ in spans(evened(text))}
    return frozenset(found | {PLACE + district} if district else found)
