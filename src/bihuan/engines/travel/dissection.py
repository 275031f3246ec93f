"""In which order places are taken out of the graph: nested dissection by straight cuts across the map."""

import numpy as np
from numpy.typing import NDArray

from bihuan.engines.compiled import compiled
from bihuan.engines.travel.network import Floats, Ints

Indices = NDArray[np.int64]

SMALLEST = 4  # pieces of this size are not cut further
EDGE = 0.25  # a cut leaves at least this share on either side
# Directions in which a piece is cut, as (east, north): a river or a railway lies along one of them nearly.
DIRECTIONS = np.array(
    [(1.0, 0.0), (0.0, 1.0), (0.7, 0.7), (0.7, -0.7), (0.9, 0.4), (0.4, 0.9), (0.9, -0.4), (0.4, -0.9)]
)


def dissect(lon: Floats, lat: Floats, first: Indices, head: Ints) -> Ints:
    """Return the places in the order in which they are taken out: ``(places,)``, the most important last.

    Parameters
    ----------
    first, head
        The graph by rows, every link in both directions.

    Notes
    -----
    George (1973), "Nested dissection of a regular finite element mesh". A piece is swept in eight directions
    and cut where the fewest links cross; the ends of those links on one side stand between the two halves
    and come after both. O(places · log² places).
    """
    x = lon * np.cos(np.radians(lat.mean() if len(lat) else 0.0))
    order = np.arange(len(lon), dtype=np.int32)
    _cut_all(x, lat, first, head, order, DIRECTIONS)
    return order


@compiled
def _best_cut(
    x: Floats, y: Floats, first: Indices, head: Ints, piece: Ints, which: Ints, spot: Ints, directions: Floats
) -> tuple[Ints, int]:
    """Return the piece in the order of the best sweep, and how many lie before the cut."""
    size, mine = len(piece), which[piece[0]]
    lowest, highest = max(1, int(size * EDGE)), min(size - 1, int(size * (1 - EDGE)) + 1)
    best, best_at, best_row = 1 << 60, 1, piece.copy()
    crossing = np.empty(size + 1, np.int64)
    for d in range(len(directions)):
        row = piece[np.argsort(x[piece] * directions[d, 0] + y[piece] * directions[d, 1])]
        for k in range(size):
            spot[row[k]] = k
        crossing[:] = 0
        for k in range(size):
            for i in range(first[row[k]], first[row[k] + 1]):
                if which[head[i]] == mine and spot[head[i]] > k:
                    crossing[k + 1] += 1
                    crossing[spot[head[i]] + 1] -= 1
        total = 0
        for k in range(highest + 1):
            total += crossing[k]
            # Of equal cuts the one nearest the middle.
            cost = total * 4 * size + abs(2 * k - size)
            if k >= lowest and cost < best:
                best, best_at, best_row = cost, k, row
    return best_row, best_at


@compiled
def _between(first: Indices, head: Ints, row: Ints, at: int, which: Ints, spot: Ints) -> NDArray[np.bool_]:
    """Return a mark on each of a piece's places that stands between the halves: ends of crossing links on one side."""
    mine = which[row[0]]
    for k in range(len(row)):
        spot[row[k]] = k
    ends = np.zeros(len(row), np.bool_)
    for k in range(at):
        for i in range(first[row[k]], first[row[k] + 1]):
            other = head[i]
            if which[other] == mine and spot[other] >= at:
                ends[k] = True
                ends[spot[other]] = True
    if ends[:at].sum() <= ends[at:].sum():
        ends[at:] = False
    else:
        ends[:at] = False
    return ends


@compiled
def _cut_all(x: Floats, y: Floats, first: Indices, head: Ints, order: Ints, directions: Floats) -> None:
    """Cut the whole, then its pieces, in place; a piece stands before what separates it from its neighbour."""
    which, spot, pieces = np.zeros(len(order), np.int32), np.zeros(len(order), np.int32), 1
    waiting = [(0, len(order))]
    while waiting:
        low, high = waiting.pop()
        if high - low <= SMALLEST:
            continue
        row, at = _best_cut(x, y, first, head, order[low:high], which, spot, directions)
        ends = _between(first, head, row, at, which, spot)
        left, right, middle = row[:at][~ends[:at]], row[at:][~ends[at:]], row[ends]
        order[low : low + len(left)] = left
        order[low + len(left) : high - len(middle)] = right
        order[high - len(middle) : high] = middle
        which[left], which[right], which[middle] = pieces, pieces + 1, -1
        pieces += 2
        waiting.append((low, low + len(left)))
        waiting.append((low + len(left), high - len(middle)))
