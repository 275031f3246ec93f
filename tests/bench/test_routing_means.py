import pytest

from tests.bench import routing_means

pytestmark = pytest.mark.once


def row(instance: str, solver: str, gap: float | None) -> routing_means.Row:
    return {"instance": instance, "solver": solver, "gap": gap}


ROWS = [
    row("a/1", "ours", 1.0),
    row("a/1", "pyvrp", 3.0),
    row("a/2", "ours", 2.0),
    row("a/2", "pyvrp", None),
    row("b/1", "ours", 5.0),
    row("b/1", "vroom", None),
]


def test_a_mean_is_of_one_set_and_one_solver() -> None:
    found = {(mean["set"], mean["solver"]): mean for mean in routing_means.means(ROWS)}
    assert found["a", "ours"] == {
        "set": "a", "solver": "ours", "instances": 2, "answered": 2, "mean": 1.5, "worst": 2.0,
    }  # fmt: skip
    assert found["b", "ours"]["mean"] == 5.0


def test_what_has_no_answer_is_counted_and_not_averaged() -> None:
    found = {(mean["set"], mean["solver"]): mean for mean in routing_means.means(ROWS)}
    assert (found["a", "pyvrp"]["answered"], found["a", "pyvrp"]["mean"]) == (1, 3.0)
    assert found["b", "vroom"]["mean"] is None


def test_a_peer_is_compared_on_what_both_answered() -> None:
    (found,) = routing_means.against(ROWS)
    assert (found["peer"], found["instances"], found["ours"], found["theirs"]) == ("pyvrp", 1, 1.0, 3.0)
    assert (found["ours_minus_peer"], found["ours_by_peer"]) == (-2.0, 0.333)


def test_a_peer_at_the_best_known_has_no_ratio() -> None:
    (found,) = routing_means.against([row("a/1", "ours", 1.0), row("a/1", "pyvrp", 0.0)])
    assert found["ours_by_peer"] is None


def test_lines_say_who_did_not_answer() -> None:
    lines = [routing_means.line(mean) for mean in routing_means.means(ROWS)]
    assert "no answer" in next(line for line in lines if "vroom" in line)
    assert "1 of 2 answered" in next(line for line in lines if "pyvrp" in line)
    assert "-2.000 points" in routing_means.line_against(routing_means.against(ROWS)[0])
