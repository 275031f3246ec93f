"""The search as a whole: a first plan, then epochs of steps while it cools, on one thread or on two."""

import threading
from dataclasses import dataclass

import numpy as np

from ..plan import Plan
from ..problem import FOREVER, Problem
from ..stopping import Progress, Watch, no_progress
from ..timing import days_of, timed
from .arrays import (
    ABSENT,
    AFTER_IT,
    AT,
    BLINK,
    EMPTIES,
    EMPTY,
    END,
    FIRST,
    KIND,
    LEFT,
    MINE,
    MINES,
    OUT,
    OUT_AT,
    OUTS,
    OWN,
    PER_M,
    PER_S,
    PRICE,
    ROUTE,
    SIZE,
    SLOT,
    SLOTS,
    START,
    Longs,
    Words,
    World,
    X,
    Y,
    thread_of,
)  # fmt: skip
from .layout import _near, lay_out
from .linking import link
from .start import NEAR, savings
from .stepping import anneal, insert_all

WARM, COLD, COLD_IN_HASTE = 4.0, 0.03, 0.06
"""Temperatures at the beginning and at the end, in mean legs to a near neighbour."""
STEPS_A_STOP = 1_500
"""With fewer steps than so many for each stop the end is warmer: there is no time to cool so far."""
FIRST_STEPS, FEWEST_STEPS, STEPS_AN_EPOCH = 2_000, 500, 10_000
EPOCHS = 120
ROUTES_A_THREAD = 4


@dataclass(slots=True)
class Best:
    """The best plan seen, as what it takes to read it again."""

    cost: int
    after: Words
    first: Longs


class Search:
    """One search. ``cost`` counts as the search does: what must be served and isn't costs ``MUST``."""

    def __init__(self, problem: Problem, seed: int, threads: int) -> None:
        self.problem = problem
        self.random = np.random.default_rng(seed)
        self.threads = threads
        self.layout = lay_out(problem)
        self.world = self.layout.world
        self.stops = np.arange(1, self.world.stops + 1)
        self.cost = int(self.world.stop[self.stops, PRICE].sum())
        self.parts = [self.whole()]

    def whole(self) -> World:
        """Give everything to one thread."""
        self.world.space[:-1, OWN] = 0
        return self.part(0, self.stops)

    def part(self, me: int, stops: Longs) -> World:
        """Return a thread's view: its stops and those left out, and the empty ones of its routes."""
        part = thread_of(self.world, me, int(self.random.integers(1, 2**31)))
        # A table of its own: two threads that write to one line of the cache wait for each other.
        part.space[part.space[:, OWN] != me, LEFT:] = ABSENT
        part.lists[MINE, : len(stops)] = stops
        part.tally[MINES] = len(stops)
        out = stops[part.node[stops, ROUTE] < 0]
        part.lists[OUT, : len(out)] = out
        part.tally[OUTS] = len(out)
        part.node[out, OUT_AT] = np.arange(len(out))
        part.tally[BLINK] = 1 + int(self.random.integers(100))
        free = np.flatnonzero((part.space[:-1, OWN] == me) & (part.route[:, SIZE] == 0))[::-1]
        for kind in range(part.kinds):
            own = free[part.route[free, KIND] == kind]
            part.lists[EMPTY + kind, : len(own)] = own
            part.tally[EMPTIES + kind] = len(own)
            part.route[own, AT] = np.arange(len(own))
        return part

    def begin(self, start: Plan | None) -> None:
        """Make the first plan: the one given, or savings where they hold, and the rest where it costs least."""
        part = self.parts[0]
        for route, nodes in self.given(start) if start else self.saved():
            before = int(part.kind[part.route[route, KIND], START])
            for node in nodes:
                self.cost += link(part, node, before, route)
                before = node
        out = part.lists[OUT, : part.tally[OUTS]].copy()
        away = (part.node[out, X:] - part.node[part.stops + 1, X:]).astype(float)
        self.cost += insert_all(part, out[np.argsort(-np.hypot(*away.T), kind="stable")])

    def given(self, plan: Plan) -> list[tuple[int, list[int]]]:
        """Return a plan's trips as routes and nodes."""
        route, node_of = self.world.route, np.empty(self.world.stops, np.int64)
        node_of[self.layout.stop_of] = self.stops
        heads = np.flatnonzero(route[:, SLOT] == np.arange(len(route)))
        first = {(int(route[r, KIND]), int(self.layout.unit[r])): int(r) for r in heads}
        return [
            (first[key] + k, node_of[trip].tolist())
            for key, trips in days_of(plan).items()
            if key in first and len(trips) <= route[first[key], SLOTS]
            for k, trip in enumerate(trips)
        ]

    def saved(self) -> list[tuple[int, list[int]]]:
        """Return trips by savings, where vehicles are alike and nothing but room forbids anything."""
        world = self.world
        is_simple = world.is_plain and not world.is_timed and world.kinds == 1 and not self.problem.sealed
        is_simple = is_simple and not any(
            stop.kinds or stop.skip_price is not None for stop in self.problem.stops
        )
        if not is_simple or not np.array_equal(
            world.node[world.kind[0, START], X:], world.node[world.kind[0, END], X:]
        ):
            return []
        near = _near(world.node, None, self.stops, world.stops, NEAR, world.half)
        return list(enumerate(savings(world, near)[: len(world.route)]))

    def mean_leg(self) -> float:
        """Return the mean cost of a leg to one of the five nearest."""
        near_m, kind = self.world.near[1:, :5, 1], self.world.kind
        scale = 1.0 if self.world.is_plain else float(kind[:, PER_M].mean() + kind[:, PER_S].mean())
        return max(0.01, float(near_m[near_m < FOREVER].mean()) * scale) if near_m.size else 1.0

    def gather(self) -> None:
        """Bring together what room the threads have left in their routes."""
        for part in self.parts:
            own = part.space[:, OWN] == part.me
            self.world.space[own] = part.space[own]

    def cut(self) -> None:
        """Divide the vehicles along a random line into as many parts as there are threads, of about equal stops."""
        self.gather()
        world, route = self.world, self.world.node[self.stops, ROUTE]
        count = min(self.threads, int((world.route[:, SIZE] > 0).sum()) // ROUTES_A_THREAD)
        if count < 2:
            self.parts = [self.whole()]
            return
        angle = self.random.random() * 2 * np.pi
        along = world.node[self.stops, X] * np.cos(angle) + world.node[self.stops, Y] * np.sin(angle)
        served = route >= 0
        vehicle = world.route[route[served], SLOT]
        weight = np.bincount(vehicle, minlength=len(world.route))
        middle = np.bincount(vehicle, along[served], minlength=len(world.route)) / np.maximum(weight, 1)
        busy = np.flatnonzero(weight)
        order = busy[np.argsort(middle[busy], kind="stable")]
        own = self.random.integers(0, count, len(world.route))
        own[order] = np.minimum(count - 1, np.cumsum(weight[order]) * count // (weight.sum() + 1))
        world.space[:-1, OWN] = own[world.route[:, SLOT]]
        of_stop = np.where(served, world.space[route, OWN], self.stops % count)
        self.parts = [self.part(me, self.stops[of_stop == me]) for me in range(count)]

    def epoch(self, warm: float, cold: float, steps: int) -> int:
        """Let each thread make so many steps in its own part; return how many were made together."""
        mean = self.world.stops / max(1, int((self.world.route[:, SIZE] > 0).sum()))
        found: list[int] = [0] * len(self.parts)

        def work(k: int) -> None:
            if self.parts[k].tally[MINES]:
                found[k] = anneal(self.parts[k], warm, cold, steps, mean)[0]

        others = [threading.Thread(target=work, args=(k,)) for k in range(1, len(self.parts))]
        for other in others:
            other.start()
        work(0)
        for other in others:
            other.join()
        self.cost += sum(found)
        return steps * len(self.parts)

    def snapshot(self) -> Best:
        """Return what it takes to read this plan again."""
        route = self.world.route
        return Best(
            self.cost, self.world.node[:, AFTER_IT].copy(), np.where(route[:, SIZE] > 0, route[:, FIRST], 0)
        )

    def plan(self, best: Best) -> Plan:
        """Return a plan as the caller knows it, with its cost by the judge."""
        days: dict[tuple[int, int], list[list[int]]] = {}
        after, stop_of = best.after.tolist(), self.layout.stop_of.tolist()
        for route in np.flatnonzero(best.first).tolist():
            trip, node = [], int(best.first[route])
            while node <= self.world.stops:
                trip.append(stop_of[node - 1])
                node = after[node]
            days.setdefault((int(self.world.route[route, KIND]), int(self.layout.unit[route])), []).append(
                trip
            )
        return timed(self.problem, days)


def run(
    problem: Problem, watch: Watch, seed: int, threads: int, start: Plan | None = None,
    progress: Progress = no_progress, warm: float = WARM,
) -> Plan:  # fmt: skip
    """Return the best plan seen within a budget; what must be served and found no place is left out."""
    search = Search(problem, seed, threads)
    search.begin(start)
    best, leg = search.snapshot(), search.mean_leg()
    steps = FIRST_STEPS if watch.stop.seconds is not None else STEPS_AN_EPOCH
    while not watch.is_over():
        share, began_s = watch.share(), watch.elapsed_s()
        search.cut()
        cold = _cold(search.world.stops, watch.done / max(share, 1e-9))
        hot, cool = (leg * warm * (cold / warm) ** s for s in (share, min(1.0, share + 1 / EPOCHS)))
        watch.done += search.epoch(hot, cool, steps)
        if search.cost < best.cost:
            best = search.snapshot()
        progress(watch.share(), best.cost)
        steps = _steps(watch, steps, watch.elapsed_s() - began_s)
    return search.plan(best)


def _cold(stops: int, steps: float) -> float:
    """Return the temperature at the end of so many steps, in mean legs."""
    return min(COLD_IN_HASTE, max(COLD, COLD * STEPS_A_STOP * stops / max(1.0, steps)))


def _steps(watch: Watch, steps: int, took_s: float) -> int:
    """Return how many steps the next epoch makes, so that it takes its share of the seconds."""
    if watch.stop.seconds is None:
        return min(STEPS_AN_EPOCH, max(1, (watch.stop.iterations or 0) - watch.done))
    wanted = watch.stop.seconds / EPOCHS
    return max(FEWEST_STEPS, min(4 * steps, int(steps * wanted / max(took_s, 1e-6))))
