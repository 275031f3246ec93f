"""Which numbers of a public table are not told, so that no small one can be worked out from the others.

One week's Cases are told in several tables at once (by agency, by district, by service) with one total. A small
number is hidden, and then further ones, until none that is hidden can be computed: neither within its table, where
the total leaves one value only, nor across tables, where a sum of told numbers minus told numbers would be it. The
second is a question of linear algebra: each number is a sum over the finest cells, and a hidden one is lost to the
reader if and only if it is no linear combination of the told ones.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Key = tuple[str, Hashable]
"""A number's table, and its line in that table."""

Matrix = NDArray[np.float64]
NEARLY = 1e-6


@dataclass(frozen=True)
class Cell:
    """The finest cell: its line in each table, how many (``part``) of how many (``whole``)."""

    lines: Mapping[str, Hashable]
    part: int
    whole: int


def hidden(cells: Sequence[Cell], small: int, *, tells_parts: bool = True) -> set[Key] | None:
    """Return the lines that are not told, given that lines below ``small`` must not be; None: tell nothing at all.

    ``part`` and ``whole`` of a hidden line are both hidden, and so is every share of them. ``tells_parts`` is whether
    the told lines show their part at all.
    """
    cells = [cell for cell in cells if cell.whole]
    sums = _sums(cells)
    kept_back = {key for key, (_part, whole) in sums.items() if whole < small}
    if not kept_back:
        return set()
    rows = _rows(cells, list(sums))
    while found := _leaks(kept_back, sums, rows, tells_parts):
        wider = _next(found, kept_back, sums)
        if wider is None:
            return None
        kept_back.add(wider)
    return kept_back


def _sums(cells: Sequence[Cell]) -> dict[Key, tuple[int, int]]:
    sums: dict[Key, tuple[int, int]] = {}
    for cell in cells:
        for key in cell.lines.items():
            part, whole = sums.get(key, (0, 0))
            sums[key] = part + cell.part, whole + cell.whole
    return sums


def _rows(cells: Sequence[Cell], keys: Sequence[Key]) -> dict[Key, Matrix]:
    """Return each line as a sum over the finest cells: one where the cell belongs to it."""
    patterns = sorted({tuple(cell.lines.items()) for cell in cells}, key=repr)
    return {key: np.array([1.0 if key in pattern else 0.0 for pattern in patterns]) for key in keys}


def _leaks(
    kept_back: set[Key], sums: Mapping[Key, tuple[int, int]], rows: Mapping[Key, Matrix], tells_parts: bool
) -> list[str]:
    """Return the tables in which something hidden can be worked out."""
    by_table: dict[str, list[tuple[int, int]]] = {}
    for key in kept_back:
        by_table.setdefault(key[0], []).append(sums[key])
    tight = [table for table, lines in sorted(by_table.items()) if _is_tight(lines, tells_parts)]
    return tight or _computable(kept_back, rows)


def _is_tight(lines: Sequence[tuple[int, int]], tells_parts: bool) -> bool:
    """Say whether a table's hidden lines can only be what they are, when their sum is known.

    A reader knows that each has at least one Case and that no part is larger than its whole.
    """
    part, whole = sum(line[0] for line in lines), sum(line[1] for line in lines)
    return len(lines) < 2 or whole == len(lines) or (tells_parts and part in {0, whole})


def _computable(kept_back: set[Key], rows: Mapping[Key, Matrix]) -> list[str]:
    """Return the tables of hidden lines that are linear combinations of what is told, the total among it."""
    total = np.ones_like(next(iter(rows.values())))
    told = np.stack([total, *(row for key, row in rows.items() if key not in kept_back)])
    left = sorted(kept_back, key=repr)
    wanted = np.stack([rows[key] for key in left])
    best: Any = np.linalg.lstsq(told.T, wanted.T, rcond=None)[0]
    missed = np.abs(told.T @ best - wanted.T).max(axis=0)
    return [left[n][0] for n in np.flatnonzero(missed < NEARLY)]


def _next(tables: Sequence[str], kept_back: set[Key], sums: Mapping[Key, tuple[int, int]]) -> Key | None:
    """Return the smallest line that is still told in the tables that leak; then of any table."""
    told = [key for key in sums if key not in kept_back]
    near = [key for key in told if key[0] in tables]
    return min(near or told, key=lambda key: (sums[key][1], repr(key)), default=None)
