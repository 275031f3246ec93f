"""Hilbert's curve: an order of points in which what is near in the list is near in the city."""

import numpy as np

from .problem import Ints

LEVELS = 16


def hilbert(where: Ints) -> Ints:
    """Return the position of each point along the curve; ``where`` has shape (points, 2). O(points)."""
    if not len(where):
        return np.zeros(0, np.int64)
    low = where.min(axis=0)
    span = max(1, int((where - low).max()))
    x, y = ((where - low) * (2**LEVELS - 1) // span).T
    along = np.zeros(len(where), np.int64)
    side = 2 ** (LEVELS - 1)
    while side:
        right, up = (x & side) > 0, (y & side) > 0
        along += side * side * ((3 * right) ^ up)
        # Each quarter of the square is the curve again, turned.
        flip = right & ~up
        x, y = (
            np.where(flip, side - 1 - (x & (side - 1)), x & (side - 1)),
            np.where(flip, side - 1 - (y & (side - 1)), y & (side - 1)),
        )
        x, y = np.where(up, x, y), np.where(up, y, x)
        side //= 2
    return along
