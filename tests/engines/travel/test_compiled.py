from concurrent.futures import ThreadPoolExecutor

from bihuan.engines.travel.compiled import compiled


@compiled
def sum_to(n: int) -> int:
    total = 0
    for k in range(n):
        total += k
    return total


def test_a_compiled_loop_counts_as_the_plain_one_does() -> None:
    assert sum_to(1000) == sum(range(1000))


def test_a_compiled_loop_runs_without_the_interpreter_in_threads() -> None:
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(sum_to, [10, 20])) == [45, 190]
    assert sum_to.targetoptions["nogil"]  # type: ignore[attr-defined]
