import numpy as np

from bihuan.engines.routing.curve import hilbert


def test_each_step_along_the_curve_goes_to_a_neighbour():
    cells = np.array([(x, y) for x in range(16) for y in range(16)])
    ordered = cells[np.argsort(hilbert(cells))]
    assert np.array_equal(np.abs(np.diff(ordered, axis=0)).sum(axis=1), np.ones(255))


def test_no_points_and_one_spot_are_no_trouble():
    assert len(hilbert(np.zeros((0, 2), np.int64))) == 0
    assert len(set(hilbert(np.ones((3, 2), np.int64)).tolist())) == 1
