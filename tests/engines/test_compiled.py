from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from bihuan.engines.travel.dijkstra import search

# 0 to 1 takes 5, 1 to 2 takes 7.
GRAPH = (np.array([0, 1, 2, 2]), np.array([1, 2], np.int32), np.array([5, 7], np.int32))
START = (np.array([0, 1]), np.zeros(1, np.int32), np.zeros(1, np.int32))


def searched(how: Any) -> list[int]:
    out = np.empty((1, 3), np.int32)
    how(*GRAPH, *START, np.arange(3, dtype=np.int32), out)
    return out[0].tolist()


def test_a_compiled_loop_says_what_the_plain_one_says() -> None:
    assert searched(search) == searched(search.py_func) == [0, 5, 12]  # type: ignore[attr-defined]


def test_compiled_loops_run_side_by_side() -> None:
    assert search.targetoptions["nogil"]  # type: ignore[attr-defined]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(searched, [search, search])) == [[0, 5, 12]] * 2
