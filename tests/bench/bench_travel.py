"""./run bench travel: pairs per second on real and on city-sized roads, beside scipy and (where installed) igraph.

All do the same: times between stops on junctions, exact. What is prepared once for a network is told apart. The same
tables are compared entry by entry. Where a peer would take minutes it does a sample of the sources, and that is said.
Rates are by CPU seconds, because the machine may be shared; the whole table is told by the clock on the wall too.
"""

import argparse
import importlib.util
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from bihuan.engines.travel import (
    Hierarchy,
    Network,
    Stops,
    at_junctions,
    from_arrays,
    read_osm,
    times,
    times_by_search,
)
from tests.bench.bars import bars
from tests.bench.machine import best_of, machine
from tests.engines.travel.made import crossroads, grid

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/engines"


def main() -> None:
    """Measure each network, print a table, draw the picture, print one line of figures."""
    options = read_options()
    warm()
    shared = Path(os.environ.get("BIHUAN_SHARED") or ROOT.parent / "shared") / "data/osm"
    found: dict[str, Any] = {"bench": "travel", "machine": machine()}
    for name in ("andorra.osm.pbf", "Helsinki.osm.pbf"):
        if (shared / name).exists():
            network = straight(read_osm(shared / name))
            found[name.partition(".")[0]] = measure(network, options.real, options.real, options.rounds)
    city = grid(options.side)
    found["city"] = measure(city, options.sources, options.sample, 1)
    for name, row in found.items():
        if name not in ("bench", "machine"):
            show(name, row)
    if not options.no_picture:
        draw(found["city"])
    print("BENCH " + json.dumps(found))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench travel")
    parser.add_argument("--real", type=int, default=900, help="stops on the real extracts")
    parser.add_argument("--side", type=int, default=450, help="the city has side x side junctions")
    parser.add_argument("--sources", type=int, default=10_000, help="stops in the city")
    parser.add_argument("--sample", type=int, default=100, help="sources that peers do in the city")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-picture", action="store_true")
    return parser.parse_args()


def warm() -> None:
    """Compile everything, outside the clock."""
    network = crossroads()
    stops = at_junctions(network, [0, 1])
    times(Hierarchy.of(network).timed(), stops, stops)
    times_by_search(network, stops, stops)


def straight(network: Network) -> Network:
    """Return the network without banned turns and with the quicker of parallel arcs, as the peers' graphs have it."""
    order = np.lexsort((network.time_ds, network.head, network.tail))
    tail, head = network.tail[order], network.head[order]
    keep = order[np.r_[True, (np.diff(tail) != 0) | (np.diff(head) != 0)]]
    keep = keep[network.tail[keep] != network.head[keep]]
    return from_arrays(
        network.lon, network.lat, network.tail[keep], network.head[keep], network.time_ds[keep] / 10
    )


def measure(network: Network, count: int, sample: int, rounds: int) -> dict[str, Any]:
    """Return the pairs per CPU second of each on one network."""
    roads = np.unique(np.r_[network.tail, network.head])
    chosen = np.random.default_rng(1).permutation(roads)[:count]
    stops = at_junctions(network, chosen)
    build_s, _, hierarchy = best_of(1, lambda: Hierarchy.of(network))
    timed_s, _, metric = best_of(rounds, hierarchy.timed)
    wall_s, cpu_s, table = best_of(rounds, lambda: times(metric, stops, stops))
    _, one_s, _ = best_of(rounds, lambda: times(metric, stops[:sample], stops, threads=1))
    row: dict[str, Any] = {"junctions": network.junctions, "arcs": network.arcs, "stops": len(chosen)}
    row |= {"prepare_s": round(build_s, 2), "closures_s": round(timed_s, 3)}
    row |= {"all_wall_s": round(wall_s, 3), "all_cpu_s": round(cpu_s, 3), "sample": min(sample, len(chosen))}
    row["pairs_s"] = {
        "ours, whole table": table.size / cpu_s,
        "ours, sample": row["sample"] * len(chosen) / one_s,
    }
    for name, work in peers(network, stops, chosen, row["sample"]).items():
        _, peer_s, theirs = best_of(rounds, work)
        row["pairs_s"][name] = row["sample"] * len(chosen) / peer_s
        assert (theirs == table[: row["sample"]]).all(), f"{name} says something else"
    row["pairs_s"] = {name: round(value) for name, value in row["pairs_s"].items()}
    return row


def peers(
    network: Network, stops: Stops, chosen: np.ndarray, sample: int
) -> dict[str, Callable[[], np.ndarray]]:
    """Return who else can do it."""
    size = (network.junctions, network.junctions)
    graph = csr_matrix((network.time_ds.astype(float), (network.tail, network.head)), shape=size)
    found = {
        "plain search, ours": lambda: times_by_search(network, stops[:sample], stops),
        "scipy": lambda: whole(dijkstra(graph, indices=chosen[:sample])[:, chosen]),
    }
    if importlib.util.find_spec("igraph"):
        import igraph

        theirs = igraph.Graph(size[0], np.stack([network.tail, network.head], 1).tolist(), directed=True)
        weights, targets = network.time_ds.tolist(), chosen.tolist()
        found["igraph"] = lambda: whole(
            np.array(theirs.distances(targets[:sample], targets, weights=weights))
        )
    return found


def whole(tenths: np.ndarray) -> np.ndarray:
    """Return whole seconds as ours are: 65,535 where there is no way."""
    return np.where(np.isinf(tenths), 65_535, np.floor((tenths + 5) / 10)).astype(np.uint16)


def show(name: str, row: dict[str, Any]) -> None:
    """Print one network's rows."""
    print(f"\n{name}: {row['junctions']:,} junctions, {row['arcs']:,} arcs, {row['stops']:,} stops")
    print(f"  prepared once {row['prepare_s']} s; after each closure {row['closures_s']} s")
    print(f"  all {row['stops']:,} x {row['stops']:,}: {row['all_wall_s']} s wall, {row['all_cpu_s']} s CPU")
    slowest = row["pairs_s"]["scipy"]
    for who, pairs in row["pairs_s"].items():
        print(f"  {who:20}{pairs:>16,} pairs/CPU s{pairs / slowest:>9.1f} x scipy")


def draw(row: dict[str, Any]) -> None:
    """Draw the city's rows into the documentation."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    title = f"Pairs per CPU second, {row['junctions']:,} junctions, {row['stops']:,} stops"
    drawn = [(who, pairs, f"{pairs:,}", "ours" in who) for who, pairs in row["pairs_s"].items()]
    (PICTURES / "travel.svg").write_text(bars(title, drawn))


if __name__ == "__main__":
    main()
