"""Where packs and lots make it no flow: the flow is mended, then a whole-number program improves on it."""

from dataclasses import dataclass

import highspy
import numpy as np

from bihuan.engines.matching.fill import fill
from bihuan.engines.matching.pricing import cheapest_of
from bihuan.engines.matching.problem import Floats, Ints, Problem
from bihuan.engines.matching.tiers import Slices

MOST_LINKS = 4_000  # that a whole-number program takes on
# Costs are whole metres: a gap below one of them is none.
OPTIONS = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.9}


def mended(problem: Problem, relaxed: Ints) -> Ints:
    """Return units on links that keep packs and lots: the flow rounded down, then filled up greedily."""
    offers, links = problem.offers, problem.links
    pack = offers.pack[links.offer]
    units = relaxed // pack * pack
    units[units < offers.lot[links.offer]] = 0
    lacking = problem.needs.quantity
    fill(problem, units, -(-lacking // problem.aims.tiers))
    fill(problem, units, lacking)
    return units


def improved(problem: Problem, start: Ints, relaxed: Ints, *, seconds: float, seed: int) -> Ints:
    """Return the best units that a whole-number program finds within a time; it may be worse than the start.

    Parameters
    ----------
    start
        ``(links,)`` units of a plan that keeps the rules.
    relaxed
        ``(links,)`` units of the flow. Where there are more than `MOST_LINKS` links, those that carry something
        in either, and the cheapest of each need, are tried; the answer is exact where all are.

    Notes
    -----
    HiGHS (Huangfu, Hall, 2018), one thread. A run that ends before its time is the same for the same seed.
    """
    tried = _promising(problem, start, relaxed)
    if not len(tried):
        return start
    program = Program.of(problem, tried)
    found = program.solved(seconds, seed)
    if found is None:
        return start
    units = np.zeros(len(problem.links), np.int64)
    units[tried] = found
    return units


def _promising(problem: Problem, start: Ints, relaxed: Ints) -> Ints:
    count = len(problem.links)
    keep = (start > 0) | (relaxed > 0) | (count <= MOST_LINKS)
    each = (MOST_LINKS - int(keep.sum())) // max(1, len(problem.needs))
    if each > 0 and not keep.all():
        cheapest_of(problem.links.need, problem.links.cost_m, len(problem.needs), each, keep)
    return np.flatnonzero(keep)


@dataclass(frozen=True)
class Program:
    """A whole-number program: packs on each link, a yes or no for each link with a lot, and shortage in slices."""

    pack: Ints
    model: highspy.HighsLp

    @classmethod
    def of(cls, problem: Problem, tried: Ints) -> "Program":
        """Write down the program over some links."""
        links, offers, needs = problem.links[tried], problem.offers, problem.needs
        slices = Slices.of(problem, problem.aims.tiers, problem.shortage_m)
        pack = offers.pack[links.offer]
        lots = np.flatnonzero(offers.lot[links.offer] > pack)
        packs, count = len(links), len(links) + len(lots)
        most = problem.capacity[tried]
        # Rows: offers, needs, then for each lot "at least the lot, if any" and "none, if not".
        rows = _Rows()
        rows.add(links.offer, np.arange(packs), pack)
        rows.add(len(offers) + links.need, np.arange(packs), pack)
        rows.add(len(offers) + slices.need, count + np.arange(len(slices.need)), 1)
        first, choice = len(offers) + len(needs), packs + np.arange(len(lots))
        for at, bound in ((first, offers.lot[links.offer][lots]), (first + len(lots), most[lots])):
            rows.add(at + np.arange(len(lots)), lots, pack[lots])
            rows.add(at + np.arange(len(lots)), choice, -bound)
        none = np.zeros(len(lots))
        lower = np.r_[np.full(len(offers), -np.inf), needs.quantity, none, none - np.inf]
        upper = np.r_[offers.quantity, needs.quantity, none + np.inf, none]
        cost = (links.cost_m - problem.leftover_m[links.offer]) * pack
        columns = np.r_[cost, np.zeros(len(lots)), slices.cost_m], np.r_[most // pack, none + 1, slices.size]
        whole = np.arange(count + len(slices.need)) < count
        return cls(pack, _model(rows, columns, (lower, upper), whole))

    def solved(self, seconds: float, seed: int) -> Ints | None:
        """Return the best units on the links; none where the time was too short for any."""
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (OPTIONS | {"random_seed": seed, "time_limit": seconds}).items():
            solver.setOptionValue(option, value)
        solver.passModel(self.model)
        # HiGHS 1.16 takes a start that it is given for optimal; so it begins by itself, and the better plan is kept.
        solver.run()
        if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        packs = np.array(solver.getSolution().col_value[: len(self.pack)])
        units: Ints = np.rint(packs).astype(np.int64) * self.pack
        return units


class _Rows:
    """Entries of a sparse matrix, gathered."""

    def __init__(self) -> None:
        self.parts: list[tuple[Ints, Ints, Floats]] = []

    def add(self, row: Ints, column: Ints, value: Ints | int) -> None:
        self.parts.append((row, column, np.broadcast_to(value, row.shape).astype(np.float64)))

    def sorted(self, rows: int) -> tuple[Ints, Ints, Floats]:
        row, column, value = (np.concatenate([part[k] for part in self.parts]) for k in range(3))
        order = np.lexsort((column, row))
        return np.searchsorted(row[order], np.arange(rows + 1)), column[order], value[order]


def _model(
    rows: _Rows, columns: tuple[Floats, Floats], sides: tuple[Floats, Floats], whole: np.ndarray
) -> highspy.HighsLp:
    model = highspy.HighsLp()
    cost, upper = columns
    model.num_col_, model.num_row_ = len(cost), len(sides[0])
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(len(cost)), upper.astype(np.float64)
    model.row_lower_, model.row_upper_ = sides
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_, matrix.index_, matrix.value_ = rows.sorted(len(sides[0]))
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(w)] for w in whole]
    return model
