"""How names are compared: one width, one case, no spaces or hyphens; a Latin word only as a whole."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

DROPPED = frozenset(" \t\r\n\u3000-‐‑–—·•'’‘`")
CONTEXT = 24
_PHASE = re.compile(r"([一二三四五六七八九])期$")
_DIGITS = dict(zip("一二三四五六七八九", "123456789", strict=True))


@dataclass(frozen=True)
class Flat:
    """A text without what does not count. ``at[i]`` is where its character stands in ``base``, the evened text."""

    text: str
    base: str
    at: tuple[int, ...]

    def is_whole(self, start: int, end: int) -> bool:
        """Say whether no Latin word or number is cut in two at the edges."""
        return self._is_edge(start) and self._is_edge(end)

    def _is_edge(self, here: int) -> bool:
        if here in (0, len(self.text)) or self.at[here] - self.at[here - 1] > 1:
            return True
        return not (_is_latin(self.text[here - 1]) and _is_latin(self.text[here]))

    def cut(self, start: int, end: int) -> str:
        return self.base[self.at[start] : self.at[end - 1] + 1]

    def before(self, start: int) -> str:
        return self.base[max(0, self.at[start] - CONTEXT) : self.at[start]]

    def after(self, end: int) -> str:
        here = self.at[end - 1] + 1
        return self.base[here : here + CONTEXT]

    def between(self, end: int, start: int) -> str:
        return self.base[self.at[end - 1] + 1 : self.at[start]]


def flatten(text: str) -> Flat:
    """Even a text out and leave out what does not count."""
    base = unicodedata.normalize("NFKC", text).casefold()
    kept = tuple(at for at, character in enumerate(base) if character not in DROPPED)
    return Flat("".join(base[at] for at in kept), base, kept)


def variants(name: str) -> Iterator[str]:
    """Yield a name as it is compared, with its phase in digits too (三期, 3期)."""
    flat = flatten(name).text
    yield flat
    if _PHASE.search(flat):
        yield _PHASE.sub(lambda match: f"{_DIGITS[match[1]]}期", flat)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
