"""What is left of a network under a flow: prices that prove the flow, and the cycles by which it gets cheaper."""

import numpy as np

from bihuan.engines.compiled import compiled
from bihuan.engines.matching.problem import Ints

FAR = 1 << 60
Rows = tuple[Ints, Ints, Ints]  # first, node reached, arc (onward: a, back: -1 - a)


@compiled
def rows_of(nodes: int, tail: Ints, head: Ints) -> Rows:
    """Return all arcs by rows, each of them at either end."""
    first = np.zeros(nodes + 1, np.int64)
    for a in range(len(tail)):
        first[tail[a] + 1] += 1
        first[head[a] + 1] += 1
    first = np.cumsum(first)
    spot, to, arc = first[:-1].copy(), np.empty(first[-1], np.int64), np.empty(first[-1], np.int64)
    for a in range(len(tail)):
        to[spot[tail[a]]], arc[spot[tail[a]]] = head[a], a
        spot[tail[a]] += 1
        to[spot[head[a]]], arc[spot[head[a]]] = tail[a], -1 - a
        spot[head[a]] += 1
    return first, to, arc


@compiled
def spread(
    rows: Rows,
    capacity: Ints,
    cost: Ints,
    units: Ints,
    price: Ints,
    limit: int,
    distance: Ints,
    came_by: Ints,
    waiting: Ints,
) -> None:
    """Lower the distances until no arc with room lowers one below the limit; begin at the ``waiting`` nodes.

    A step is as long as its arc is dear at the prices of its ends.

    Notes
    -----
    Bellman (1958) and Ford (1956) with a queue. There is no negative cycle where the flow is optimal.
    """
    first, to, arc = rows
    nodes = len(distance)
    queue, is_queued = np.empty(nodes + 1, np.int64), np.zeros(nodes, np.bool_)
    queue[: len(waiting)] = waiting
    is_queued[waiting] = True
    begin, end = 0, len(waiting) % (nodes + 1)
    while begin != end:
        v = queue[begin]
        begin = (begin + 1) % (nodes + 1)
        is_queued[v] = False
        for i in range(first[v], first[v + 1]):
            a, u = arc[i], to[i]
            has_room = units[a] < capacity[a] if a >= 0 else units[-1 - a] > 0
            if not has_room:
                continue
            reached = distance[v] + (cost[a] if a >= 0 else -cost[-1 - a]) + price[v] - price[u]
            if reached < distance[u] and reached < limit:
                distance[u], came_by[u] = reached, a
                if not is_queued[u]:
                    is_queued[u] = True
                    queue[end] = u
                    end = (end + 1) % (nodes + 1)


@compiled
def prices(rows: Rows, capacity: Ints, cost: Ints, units: Ints) -> Ints:
    """Return prices of the nodes at which no arc with room pays: ``price[head] <= price[tail] + cost``."""
    nodes = len(rows[0]) - 1
    price, free = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    spread(rows, capacity, cost, units, free, FAR, price, np.zeros(nodes, np.int64), np.arange(nodes))
    return price


@compiled
def cancel(
    rows: Rows, tail: Ints, head: Ints, capacity: Ints, cost: Ints, units: Ints, price: Ints, fresh: Ints
) -> None:
    """Make an optimal flow optimal again after some arcs, the ``fresh`` ones, were added to it without units.

    One arc after the other: while the way back from its head to its tail costs less than the arc gains, send round
    as much as fits. What was added later has no room until its turn, so no cycle pays but its own. Prices stay
    such that nothing else pays, and so the search for the way back is as short as the gain is small.
    """
    open_capacity = capacity.copy()
    open_capacity[fresh] = 0
    nodes = len(rows[0]) - 1
    distance, came_by = np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    for a in fresh:
        gain = price[head[a]] - price[tail[a]] - cost[a]
        while units[a] < capacity[a] and gain > 0:
            distance[:] = FAR
            distance[head[a]] = 0
            spread(rows, open_capacity, cost, units, price, gain, distance, came_by, head[a : a + 1])
            length = min(distance[tail[a]], gain)
            if distance[tail[a]] < gain:
                _send(tail, head, open_capacity, units, came_by, a, capacity[a] - units[a])
            for v in range(nodes):
                price[v] += min(distance[v] - length, 0)
            gain -= length
        open_capacity[a] = capacity[a]


@compiled
def _send(
    tail: Ints, head: Ints, capacity: Ints, units: Ints, came_by: Ints, closing: int, most: int
) -> None:
    """Send as much as fits round the cycle of the found way and the arc that closes it."""
    v, room = tail[closing], most
    while v != head[closing]:
        b = came_by[v]
        room = min(room, capacity[b] - units[b] if b >= 0 else units[-1 - b])
        v = tail[b] if b >= 0 else head[-1 - b]
    v = tail[closing]
    while v != head[closing]:
        b = came_by[v]
        if b >= 0:
            units[b] += room
            v = tail[b]
        else:
            units[-1 - b] -= room
            v = head[-1 - b]
    units[closing] += room
