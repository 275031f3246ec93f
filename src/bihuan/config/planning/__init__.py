"""``bihuan plan …``: the engines from the command line, one file for each kind of plan."""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module

# Name -> (the function that does it, imported only when asked for; what it does).
KINDS = {
    "match": ("bihuan.config.planning.match:match", "offers to needs, fairly, from two tables"),
    "routes": ("bihuan.config.planning.routes:routes", "routes for stops and vehicles, from a file"),
    "again": ("bihuan.config.planning.again:again", "the rest of a day of routes, after what has happened"),
    "check": (
        "bihuan.config.planning.checking:check",
        "every rule that a plan of routes breaks, and its cost",
    ),
}


def plan(arguments: Sequence[str]) -> int:
    """Make or check a plan; the first word says which."""
    parser = argparse.ArgumentParser(
        prog="bihuan plan",
        epilog="  ".join(f"{name}: {about}." for name, (_, about) in KINDS.items()),
    )
    parser.add_argument("kind", choices=list(KINDS))
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="bihuan plan KIND --help says more")
    asked = parser.parse_args(arguments)
    module, _, name = KINDS[asked.kind][0].partition(":")
    action: Callable[[Sequence[str]], int] = getattr(import_module(module), name)
    return action(asked.rest)
