"""Many sources at once: up the hierarchy from the sources, then one sweep down to the targets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bihuan.engines.compiled import compiled
from bihuan.engines.travel.dijkstra import NEVER
from bihuan.engines.travel.ends import Ends
from bihuan.engines.travel.hierarchy import Metric
from bihuan.engines.travel.network import Ints

Indices = NDArray[np.int64]

LANES = 16  # sources that go together: one cache line of times for each place


@dataclass(frozen=True)
class Funnel:
    """What is above a set of targets, the highest first: the only places that a sweep down must pass.

    Parameters
    ----------
    spot
        ``(places,)`` where each place stands in the funnel, -1 outside.
    first, source, time
        By rows of the funnel: the places above (as spots) from which a row is reached, and the time.
    """

    spot: Ints
    first: Indices
    source: Ints
    time: Ints

    @classmethod
    def over(cls, metric: Metric, places: Ints) -> "Funnel":
        """Gather what is above the given places (numbers of the hierarchy)."""
        h = metric.hierarchy
        inside = np.flatnonzero(_marked(h.first, h.above, places))[::-1]
        spot = np.full(len(h.rank), -1, np.int32)
        spot[inside] = np.arange(len(inside), dtype=np.int32)
        size = np.diff(h.first)[inside]
        first = np.r_[0, np.cumsum(size)]
        edge = np.repeat(h.first[inside] - first[:-1], size) + np.arange(first[-1])
        return cls(spot, first, spot[h.above[edge]], metric.down[edge])


@compiled
def _marked(first: Indices, above: Ints, places: Ints) -> NDArray[np.bool_]:
    """Return a mark on the places and all that is above them."""
    is_marked = np.zeros(len(first) - 1, np.bool_)
    for place in places:
        v = place
        while not is_marked[v]:
            is_marked[v] = True
            # Above a place, all else is above its lowest neighbour.
            if first[v] < first[v + 1]:
                v = above[first[v]]
    return is_marked


def sweep(metric: Metric, funnel: Funnel, sources: Ends, targets: Ends, rows: Indices, out: Ints) -> None:
    """Fill ``out[row]`` with tenths of seconds from sources ``rows`` to all targets; `NEVER` where there is no way.

    Notes
    -----
    Delling, Goldberg, Nowatzyk, Werneck (2011), "PHAST"; restricted to the targets as in Delling, Goldberg,
    Werneck (2011), "Faster batched shortest paths in road networks". Sixteen sources share each read of an edge.
    """
    h = metric.hierarchy
    _sweep(
        (h.first, h.above, metric.up),
        (funnel.spot, funnel.first, funnel.source, funnel.time),
        (sources.at, h.rank[sources.place], sources.time_ds),
        (targets.at, funnel.spot[h.rank[targets.place]], targets.time_ds),
        rows,
        out,
    )


@compiled
def _climb(
    first: Indices, above: Ints, up: Ints, at: Indices, place: Ints, offset: Ints, rows: Indices, reach: Ints
) -> list[int]:
    """Fill ``reach[v, lane]`` for all that is above the sources of one batch; return those places, lowest first."""
    passed = [0 for _ in range(0)]
    for row in rows:
        for i in range(at[row], at[row + 1]):
            v = int(place[i])
            while reach[v, LANES] == 0:
                reach[v, :LANES] = NEVER
                reach[v, LANES] = 1
                passed.append(v)
                if first[v] < first[v + 1]:
                    v = int(above[first[v]])
    for lane in range(len(rows)):
        for i in range(at[rows[lane]], at[rows[lane] + 1]):
            reach[place[i], lane] = min(reach[place[i], lane], offset[i])
    passed.sort()
    for v in passed:
        for e in range(first[v], first[v + 1]):
            _relax(reach[above[e]], reach[v], up[e])
    return passed


@compiled
def _relax(better: Ints, base: Ints, time: int) -> None:
    for lane in range(LANES):
        better[lane] = min(better[lane], base[lane] + time)


@compiled
def _descend(first: Indices, source: Ints, time: Ints, reached: Ints) -> None:
    """Let every row of the funnel take the best over the rows above it."""
    for v in range(len(first) - 1):
        for e in range(first[v], first[v + 1]):
            _relax(reached[v], reached[source[e]], time[e])


@compiled
def _sweep(
    climb: tuple[Indices, Ints, Ints],
    funnel: tuple[Ints, Indices, Ints, Ints],
    sources: tuple[Indices, Ints, Ints],
    targets: tuple[Indices, Ints, Ints],
    rows: Indices,
    out: Ints,
) -> None:
    first, above, up = climb
    spot, down_first, down_source, down_time = funnel
    target_at, target_spot, target_offset = targets
    reach = np.zeros((len(first) - 1, LANES + 1), np.int32)
    reached = np.empty((len(down_first) - 1, LANES), np.int32)
    for begin in range(0, len(rows), LANES):
        batch = rows[begin : begin + LANES]
        passed = _climb(first, above, up, sources[0], sources[1], sources[2], batch, reach)
        reached[:] = NEVER
        for v in passed:
            reach[v, LANES] = 0
            if spot[v] >= 0:
                reached[spot[v]] = reach[v, :LANES]
        _descend(down_first, down_source, down_time, reached)
        for j in range(len(target_at) - 1):
            for lane in range(len(batch)):
                best = NEVER
                for i in range(target_at[j], target_at[j + 1]):
                    best = min(best, reached[target_spot[i], lane] + target_offset[i])
                out[batch[lane], j] = best
