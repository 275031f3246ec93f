"""Dijkstra's search with a ring of buckets, one source after the other. It needs no preparation."""

import numpy as np
from numpy.typing import NDArray

from bihuan.engines.compiled import compiled
from bihuan.engines.travel.network import Flags, Ints

# Larger than any sum of times, and twice it still fits 32 bits.
NEVER = 1_000_000_000
Indices = NDArray[np.int64]
Graph = tuple[Indices, Ints, Ints]  # first, head, time
Queue = tuple[
    Ints, Ints, Ints
]  # newest entry of each bucket; of each entry the place, and the entry before it


@compiled
def search(
    first: Indices, head: Ints, time: Ints, begin: Indices, place: Ints, offset: Ints, wanted: Ints, out: Ints
) -> None:
    """Fill ``out[k, j]`` with the time from source ``k`` to place ``wanted[j]``, `NEVER` where there is no way.

    Parameters
    ----------
    first, head, time
        The graph by rows: links ``first[v]`` up to ``first[v + 1]`` leave place ``v``; closed ones take `NEVER`.
    begin, place, offset
        Source ``k`` begins at ``place[i]`` after ``offset[i]``, for ``i`` from ``begin[k]`` up to ``begin[k + 1]``.

    Notes
    -----
    Dial (1969), "Algorithm 360: Shortest-path forest with topological ordering". Times are small whole
    numbers, so the queue is a ring of lists, one for each tenth of a second: pushing and popping cost a few
    instructions and no comparison. A search ends when all wanted places are settled. O(links + longest time).
    """
    room = len(head) + len(place)
    queue = (_ring(time, offset), np.empty(room, np.int32), np.empty(room, np.int32))
    reached, is_settled = np.empty(len(first) - 1, np.int32), np.empty(len(first) - 1, np.bool_)
    is_wanted = np.zeros(len(first) - 1, np.bool_)
    for v in wanted:
        is_wanted[v] = True
    for k in range(len(begin) - 1):
        mine = slice(begin[k], begin[k + 1])
        reached[:] = NEVER
        is_settled[:] = False
        _settle((first, head, time), place[mine], offset[mine], is_wanted, is_settled, reached, queue)
        for j in range(len(wanted)):
            out[k, j] = reached[wanted[j]]


@compiled
def _ring(time: Ints, offset: Ints) -> Ints:
    """Return a ring of buckets, a power of two, wider than the longest step."""
    widest = 1
    for t in time:
        if t < NEVER:
            widest = max(widest, t)
    for t in offset:
        widest = max(widest, t)
    size = 1
    while size <= widest:
        size *= 2
    return np.empty(size, np.int32)


@compiled
def _offer(v: int, at: int, used: int, reached: Ints, queue: Queue) -> int:
    """Put a place into the bucket of its time, if that is better than what was known; return the entries used."""
    if at >= reached[v]:
        return used
    bucket, entry, before = queue
    slot = at & (len(bucket) - 1)
    reached[v] = at
    entry[used], before[used], bucket[slot] = v, bucket[slot], used
    return used + 1


@compiled
def _settle(
    graph: Graph, place: Ints, offset: Ints, is_wanted: Flags, is_settled: Flags, reached: Ints, queue: Queue
) -> None:
    """Search from one source until all wanted places are settled."""
    first, head, time = graph
    bucket, entry, before = queue
    bucket[:] = -1
    used, taken, now, left = 0, 0, 0, is_wanted.sum()
    for i in range(len(place)):
        used = _offer(place[i], offset[i], used, reached, queue)
    while taken < used and left:
        e = bucket[now & (len(bucket) - 1)]
        if e < 0:
            now += 1
            continue
        bucket[now & (len(bucket) - 1)] = before[e]
        taken += 1
        v = entry[e]
        if is_settled[v]:
            continue
        is_settled[v] = True
        left -= is_wanted[v]
        for i in range(first[v], first[v + 1]):
            used = _offer(head[i], now + time[i], used, reached, queue)
