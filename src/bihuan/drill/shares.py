"""Sharing a whole number out so that nothing is lost."""

from collections.abc import Sequence


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Split ``total`` in proportion to ``weights`` into whole parts that add up to it exactly.

    Hamilton's method: each gets its share rounded down, what is left goes to the largest remainders.
    """
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(x) for x in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
