import numpy as np

from bihuan.engines.travel import Hierarchy, at_junctions, times
from bihuan.engines.travel.sweep import LANES, Funnel
from tests.engines.travel.made import grid


def test_a_funnel_holds_just_what_is_above_its_targets() -> None:
    h = Hierarchy.of(grid(12))
    place = np.array([0], np.int32)
    funnel = Funnel.over(h.timed(), place)
    above, v = [0], 0
    while h.first[v] < h.first[v + 1]:
        v = int(h.above[h.first[v]])
        above.append(v)
    assert np.flatnonzero(funnel.spot >= 0).tolist() == above


def test_a_funnel_is_swept_from_the_top() -> None:
    h = Hierarchy.of(grid(12))
    funnel = Funnel.over(h.timed(), np.arange(144, dtype=np.int32))
    row = np.repeat(np.arange(144), np.diff(funnel.first))
    assert (funnel.source < row).all()


def test_a_batch_that_is_not_full_and_one_that_is_say_the_same() -> None:
    network = grid(12)
    metric = Hierarchy.of(network).timed()
    stops = at_junctions(network, np.unique(network.tail)[: LANES + 3])
    whole = times(metric, stops, stops)
    for k in (0, LANES - 1, LANES, LANES + 2):
        assert times(metric, stops[k : k + 1], stops).tolist() == whole[k : k + 1].tolist()
