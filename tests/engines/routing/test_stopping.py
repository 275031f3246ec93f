import pytest

from bihuan.engines.routing.stopping import Stop, Watch, no_progress


def test_a_budget_must_say_when_to_stop():
    with pytest.raises(ValueError, match="seconds, or iterations"):
        Stop()


def test_whichever_ends_first_ends_it():
    now = [0.0]
    watch = Watch(Stop(seconds=10, iterations=4, clock=lambda: now[0]))
    now[0], watch.done = 5.0, 1
    assert (watch.share(), watch.is_over()) == (0.5, False)
    watch.done = 4
    assert watch.is_over()
    no_progress(1.0, 0)


def test_iterations_alone_ask_no_clock():
    watch = Watch(Stop(iterations=2, clock=lambda: 1 // 0))
    assert (watch.elapsed_s(), watch.share()) == (0.0, 0.0)
