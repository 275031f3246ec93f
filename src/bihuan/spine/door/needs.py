"""What each service asks of a Submission. The rooms above say it; the door only checks."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

FIELDS = ("text", "place", "phone", "name")
"""What a service may need. ``place`` is a position or the name of a site."""


@dataclass(frozen=True)
class Question:
    """One question of a service. ``kind`` is one of Open311's kinds of attribute."""

    kind: str
    is_required: bool = False
    choices: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Needs:
    """What one service asks, and the words at which the asker is told to telephone instead."""

    fields: frozenset[str] = frozenset()
    questions: Mapping[str, Question] = field(default_factory=dict)
    danger_words: tuple[str, ...] = ()
    emergency_number: str = ""

    def emergency(self, texts: Iterable[str]) -> str:
        """Return the number to telephone when one of the texts holds a word that means danger, else ``""``."""
        said = "\n".join(texts).casefold()
        for word in self._folded:
            if word in said and _is_whole(word, said):
                return self.emergency_number
        return ""

    def of_paper(self) -> "Needs":
        """Return the same without anything that must be said: whoever wrote on paper can't be asked at the door."""
        asked = {code: replace(one, is_required=False) for code, one in self.questions.items()}
        return replace(self, fields=frozenset(), questions=asked)

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(word.casefold() for word in self.danger_words)


def _is_whole(word: str, text: str) -> bool:
    """Count a Latin word only as a whole (no ``fire`` in ``firewood``), a Chinese one anywhere."""
    return not word.isascii() or bool(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text))


Services = Mapping[str, Needs]
Source = Callable[[], Services]

_source: Source = dict


def provide(source: Source) -> None:
    """Let ``source`` say from now on what the services need; called once, when the room above starts."""
    global _source
    _source = source


def current() -> Services:
    """Ask the room above what the services need now. Costs it a query: ask once for many Submissions."""
    return _source()
