"""Random problems of every mix of features, for the property tests."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from bihuan.engines.routing import Coordinates, Matrix, Pair, Problem, Stop, Vehicle, Zone
from bihuan.engines.routing.legs import tables

FEATURES = (
    "windows",
    "kinds",
    "sealed",
    "shift",
    "trips",
    "pairs",
    "releases",
    "matrix",
    "depots",
    "homes",
    "two loads",
)
DAY_S = 4_000


def tries(count: int) -> settings:
    """So many random cases; a failing one is shown as it is, since each costs a search."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), phases=phases)


@st.composite
def problems(
    draw, stops: int = 9, features: tuple[str, ...] = FEATURES, always: frozenset[str] = frozenset()
) -> Problem:
    """A problem of some stops; all may be skipped at a price, so that one can always be planned."""
    on = (draw(st.sets(st.sampled_from(features))) if features else set()) | always
    count = draw(st.integers(1, stops))
    spots = [(draw(st.integers(0, 500)), draw(st.integers(0, 500))) for _ in range(count + 2)]
    paired = 2 * (count // 3) if "pairs" in on else 0
    made = tuple(draw(stop(k, on, is_paired=k < paired)) for k in range(count))
    width = 2 if "two loads" in on else 1
    problem = Problem(
        stops=made,
        vehicles=tuple(draw(vehicle(k, on, count)) for k in range(draw(st.integers(1, 3)))),
        travel=Coordinates(x=tuple(x for x, _ in spots), y=tuple(y for _, y in spots)),
        pairs=tuple(
            Pair(pickup=k, delivery=k + 1, amount=(draw(st.integers(1, 9)),) * width)
            for k in range(0, paired, 2)
        ),
        sealed=draw(zones(count)) if "sealed" in on else (),
    )
    return as_matrix(problem) if "matrix" in on else problem


@st.composite
def stop(draw, k: int, on: set[str], *, is_paired: bool) -> Stop:
    cuts = sorted(draw(st.sets(st.integers(0, DAY_S), min_size=4, max_size=4))) if "windows" in on else ()
    load = draw(st.integers(0, 9))
    return Stop(
        name=f"s{k}", place=k + 2, service_s=draw(st.integers(0, 60)), priority=draw(st.integers(0, 3)),
        demand=() if is_paired else (load, 9 - load) if "two loads" in on else (load,),
        windows=tuple(zip(cuts[::2], cuts[1::2], strict=True)), skip_price=draw(st.integers(0, 4_000)),
        zone=draw(st.sampled_from(["", "A", "B"])) if "sealed" in on else "",
        kinds=draw(st.sampled_from([(), ("van",), ("truck", "van")])) if "kinds" in on else (),
        release_s=draw(st.integers(0, 2_000)) if "releases" in on and not is_paired else 0,
        home=0 if "homes" in on and draw(st.booleans()) else None, move_price=50 if "homes" in on else 0,
    )  # fmt: skip


@st.composite
def vehicle(draw, k: int, on: set[str], stops: int) -> Vehicle:
    room = draw(st.integers(9, 40))
    return Vehicle(
        name=f"v{k}", kind=draw(st.sampled_from(["van", "truck"])), count=draw(st.integers(0, stops)),
        capacity=(room, room) if "two loads" in on else (room,),
        start=draw(st.integers(0, 1)) if "depots" in on else 0, end=draw(st.integers(0, 1)) if "depots" in on else 0,
        shift=(draw(st.integers(0, 500)), draw(st.integers(1_000, DAY_S))) if "shift" in on else (0, 10 * DAY_S),
        cost_per_m=draw(st.integers(0, 3)), cost_per_s=draw(st.integers(0, 2)), cost_of_use=draw(st.integers(0, 300)),
        trips=draw(st.integers(1, 3)) if "trips" in on else 1,
        reload_s=draw(st.integers(0, 100)) if "trips" in on else 0,
        start_zone=draw(st.sampled_from(["", "B"])) if "sealed" in on and "trips" not in on else "",
        end_zone="A" if "sealed" in on and "trips" not in on and draw(st.booleans()) else "",
    )  # fmt: skip


@st.composite
def zones(draw, stops: int) -> tuple[Zone, ...]:
    at = draw(st.one_of(st.none(), st.integers(0, stops + 1)))
    return Zone(name="A", decontaminate_at=at, decontaminate_s=draw(st.integers(0, 90))), Zone(
        name="B", decontaminate_at=1
    )


def as_matrix(problem: Problem) -> Problem:
    """The same by tables, the way back being a little longer than the way out."""
    plain = Problem(stops=(), vehicles=(), travel=problem.travel)
    metres, seconds, _ = tables(plain, [(place, -1) for place in range(len(problem.travel.x))])
    for table in (metres, seconds):
        table[(table > 0) & (metres.cumsum(axis=1) % 2 == 0)] += 3
    return Problem(
        stops=problem.stops, vehicles=problem.vehicles, travel=Matrix(metres=metres, seconds=seconds),
        pairs=problem.pairs, sealed=problem.sealed,
    )  # fmt: skip
