"""The judge: counts again what a plan costs, and lists every rule that it breaks, whoever made it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from bihuan.engines.matching.plan import Plan
from bihuan.engines.matching.problem import NOBODY, Problem
from bihuan.engines.matching.tiers import shortage_m


@dataclass(frozen=True)
class Violation:
    """A rule that a plan breaks: its name, and what breaks it in words."""

    rule: str
    words: str


def check(problem: Problem, plan: Plan) -> list[Violation]:
    """Return every violation; an empty list says that the plan keeps all rules.

    Notes
    -----
    O(links + matches). Row by row from the rows of the problem, not from what a solver made of them.
    """
    return [*_totals(problem, plan), *_matches(problem, plan)]


def cost_of(problem: Problem, plan: Plan) -> int:
    """Return what a plan costs in metres: transport, shortage, and what is left to spoil.

    Raises
    ------
    KeyError
        When a match has no link.
    """
    left = problem.offers.quantity - plan.given(problem)
    waste = int((left * problem.leftover_m).sum())
    return transport_m(problem, plan) + shortage_m(problem, plan.received(problem)) + waste


def transport_m(problem: Problem, plan: Plan) -> int:
    """Return the metres of all units together."""
    return int((problem.links.cost_m[_links_of(problem, plan)] * plan.quantity).sum())


def _links_of(problem: Problem, plan: Plan) -> np.ndarray:
    """Return the cheapest link under each match."""
    links, needs = problem.links, len(problem.needs)
    key = links.offer * needs + links.need
    order = np.lexsort((links.cost_m, key))
    wanted = plan.offer * needs + plan.need
    at = np.searchsorted(key[order], wanted)
    if len(wanted) and (not len(key) or (key[order][np.minimum(at, len(key) - 1)] != wanted).any()):
        raise KeyError("a match has no link")
    return order[at] if len(wanted) else np.empty(0, np.int64)


def _totals(problem: Problem, plan: Plan) -> Iterator[Violation]:
    offers, needs = problem.offers, problem.needs
    for rows, used, rule in (
        (offers, plan.given(problem), "more than is offered"),
        (needs, plan.received(problem), "more than is lacking"),
    ):
        for k in np.flatnonzero(used > rows.quantity).tolist():
            yield Violation(rule, f"{rows.name[k]}: {used[k]} of {rows.quantity[k]}")


def _matches(problem: Problem, plan: Plan) -> Iterator[Violation]:
    offers, needs, links = problem.offers, problem.needs, problem.links
    arrive_s: dict[tuple[int, int], int] = {}
    for o, n, seconds in zip(links.offer.tolist(), links.need.tolist(), links.arrive_s.tolist(), strict=True):
        arrive_s[o, n] = min(seconds, arrive_s.get((o, n), seconds))
    seen: set[tuple[int, int]] = set()
    for o, n, units in zip(plan.offer.tolist(), plan.need.tolist(), plan.quantity.tolist(), strict=True):
        words = f"{offers.name[o]} to {needs.name[n]}: {units}"
        for rule, is_broken in (
            ("twice in the plan", (o, n) in seen),
            ("no link", (o, n) not in arrive_s),
            ("nothing is brought", units <= 0),
            ("a pack is opened", units % offers.pack[o] != 0),
            ("too small a lot", units < offers.lot[o]),
            ("wrong kind", not _suits(problem, o, n)),
            ("meant for somebody else", offers.earmark[o] not in (NOBODY, n)),
            ("not kept cold", bool(offers.is_cold[o]) and not needs.can_cool[n]),
            ("spoils before it is used", arrive_s.get((o, n), 0) + needs.use_s[n] > offers.keeps_s[o]),
        ):
            if is_broken:
                yield Violation(rule, words)
        seen.add((o, n))


def _suits(problem: Problem, offer: int, need: int) -> bool:
    lacking, given = int(problem.needs.kind[need]), int(problem.offers.kind[offer])
    return lacking == given or (lacking, given) in problem.substitutes
