"""What was learnt as plain arrays: packed without code, scored with numpy alone."""

import io
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
TOP_PHRASES = 4
TOP_GRAMS = 12


@dataclass(frozen=True)
class Weights:
    """One linear model: ``coefficients`` labels × grams, ``rarity`` one number a gram, ``intercepts`` one a label."""

    labels: tuple[str, ...]
    grams: tuple[str, ...]
    rarity: Floats
    coefficients: Floats
    intercepts: Floats

    @cached_property
    def _place(self) -> dict[str, int]:
        return {gram: at for at, gram in enumerate(self.grams)}

    def vector(self, grams: frozenset[str]) -> tuple[NDArray[np.intp], Floats]:
        """Return which known grams a text has, and how much each counts; the whole has length one."""
        at = np.fromiter(sorted(self._place[g] for g in grams if g in self._place), dtype=np.intp)
        value = self.rarity[at]
        length = float(np.sqrt((value * value).sum()))
        return at, (value / length if length else value).astype(np.float32)

    def probabilities(self, grams: frozenset[str]) -> Floats:
        """Return how likely each label is; they sum to one."""
        at, value = self.vector(grams)
        score = self.coefficients[:, at] @ value + self.intercepts
        likely = np.exp(score - score.max())
        return np.asarray(likely / likely.sum(), dtype=np.float32)

    def speaking(self, grams: frozenset[str], label: str) -> dict[str, float]:
        """Return the grams of a text that speak for a label more than for the others, and how much."""
        at, value = self.vector(grams)
        row = self.coefficients[self.labels.index(label), at] - self.coefficients[:, at].mean(axis=0)
        weight = row * value
        best = np.argsort(-weight)[:TOP_GRAMS]
        return {self.grams[at[one]]: float(weight[one]) for one in best if weight[one] > 0}

    def pack(self) -> bytes:
        """Write as one compressed file of arrays."""
        out = io.BytesIO()
        np.savez_compressed(
            out, labels=_letters(self.labels), grams=_letters(self.grams), rarity=self.rarity,
            coefficients=self.coefficients.astype(np.float16), intercepts=self.intercepts,
        )  # fmt: skip
        return out.getvalue()

    @classmethod
    def unpack(cls, packed: bytes) -> "Weights":
        """Read what ``pack`` wrote; refuses anything that would run code.

        Raises
        ------
        ValueError
            when the file holds anything but plain arrays.
        """
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            return cls(
                _words(arrays["labels"]), _words(arrays["grams"]), arrays["rarity"].astype(np.float32),
                arrays["coefficients"].astype(np.float32), arrays["intercepts"].astype(np.float32),
            )  # fmt: skip


def _letters(words: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _words(letters: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(letters.tobytes().decode().split("\n"))
