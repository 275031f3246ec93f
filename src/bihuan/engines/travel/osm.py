"""A road network from an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from numpy.typing import NDArray

from bihuan.engines.travel.ground import EARTH_RADIUS_M
from bihuan.engines.travel.network import TENTHS, BadNetwork, Floats, Ints, Network
from bihuan.engines.travel.profile import CAR, Profile, directions

MPS_OF_KMH = 1 / 3.6


@dataclass(frozen=True)
class Way:
    """A road as it is drawn: its points in order, its speed, and which ways it may be driven."""

    number: int
    points: list[int]
    kmh: float
    onward: bool
    back: bool


@dataclass(frozen=True)
class Rule:
    """A turn restriction: from these ways over a point into those ways, forbidden or the only one allowed."""

    begin: frozenset[int]
    via: int
    end: frozenset[int]
    is_only: bool


@dataclass
class Extract:
    """What an extract holds for one kind of vehicle."""

    ways: list[Way] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    positions: dict[int, tuple[float, float]] = field(default_factory=dict)


def read_osm(path: Path | str, profile: Profile = CAR) -> Network:
    """Return the network of all roads that a vehicle may drive.

    Raises
    ------
    BadNetwork
        When the extract holds no such road.
    RuntimeError
        When the file can't be read as OpenStreetMap data.

    Notes
    -----
    Points that are neither ends nor shared are shape, not junctions. Restrictions over a point are kept;
    those over a way, and those at certain hours, are left out.
    """
    extract = _read(path, profile)
    if not extract.ways:
        raise BadNetwork(f"{path} holds no road that may be driven")
    return _network(extract)


def _read(path: Path | str, profile: Profile) -> Extract:
    extract = Extract()
    objects: Any = osmium.FileProcessor(str(path)).with_locations()
    for each in objects.with_filter(osmium.filter.KeyFilter("highway", "restriction")):
        tags = {tag.k: tag.v for tag in each.tags}
        if each.is_way():
            extract.ways += _ways(each, tags, profile, extract.positions)
        elif each.is_relation():
            extract.rules += _rules(each, tags, profile)
    return extract


def _ways(
    way: Any, tags: dict[str, str], profile: Profile, positions: dict[int, tuple[float, float]]
) -> Iterator[Way]:
    """Yield the way; in parts where the extract's edge cut points out of it."""
    kmh, (onward, back) = profile.speed_kmh(tags), directions(tags)
    if kmh <= 0 or not (onward or back):
        return
    run: list[int] = []
    for node in [*way.nodes, None]:
        if node is not None and node.location.valid():
            positions[node.ref] = (node.location.lon, node.location.lat)
            run.append(node.ref)
            continue
        if len(run) > 1:
            yield Way(way.id, run, kmh, onward, back)
        run = []


def _rules(relation: Any, tags: dict[str, str], profile: Profile) -> Iterator[Rule]:
    said = tags.get("restriction", "")
    if tags.get("type") != "restriction" or profile.exempt & set(tags.get("except", "").split(";")):
        return
    members = [(m.type, m.role, m.ref) for m in relation.members]
    vias = [ref for kind, role, ref in members if role == "via" and kind == "n"]
    begin, end = (frozenset(ref for _, role, ref in members if role == part) for part in ("from", "to"))
    if len(vias) == 1 and said.startswith(("no_", "only_")):
        yield Rule(begin, vias[0], end, said.startswith("only_"))


def _network(extract: Extract) -> Network:
    roads = list(_stretches(extract))
    ends = [point for _, points in roads for point in (points[0], points[-1])]
    number = {point: k for k, point in enumerate(dict.fromkeys(ends))}
    shape_at = np.cumsum([0, *(len(points) for _, points in roads)]).astype(np.int32)
    shape = np.array([extract.positions[p] for _, points in roads for p in points], np.float64)
    onward = np.array([way.onward for way, _ in roads])
    back = np.array([way.back for way, _ in roads])
    road = np.r_[np.flatnonzero(onward), np.flatnonzero(back)].astype(np.int32)
    is_onward = np.arange(len(road)) < onward.sum()
    begin, end = (np.array([number[points[k]] for _, points in roads], np.int32) for k in (0, -1))
    time_ds = _lengths_m(shape, shape_at) / np.array([way.kmh * MPS_OF_KMH for way, _ in roads]) * TENTHS
    tail, head = np.where(is_onward, begin[road], end[road]), np.where(is_onward, end[road], begin[road])
    way = np.array([way.number for way, _ in roads], np.int64)
    places = np.array([extract.positions[point] for point in number])
    return Network(
        lon=places[:, 0],
        lat=places[:, 1],
        tail=tail,
        head=head,
        time_ds=np.maximum(1, np.rint(time_ds[road])).astype(np.int32),
        road=road,
        is_onward=is_onward,
        shape_at=shape_at,
        shape=shape,
        way=way,
        banned=_banned(extract.rules, number, tail, head, way[road]),
    )


def _stretches(extract: Extract) -> Iterator[tuple[Way, list[int]]]:
    """Yield each way's parts between junctions."""
    used = Counter(point for way in extract.ways for point in way.points)
    # An end of a way is a junction: the next way begins there. So is a point over which a turn is forbidden.
    used.update(point for way in extract.ways for point in (way.points[0], way.points[-1]))
    used.update(rule.via for rule in extract.rules)
    for way in extract.ways:
        run = [way.points[0]]
        for point in way.points[1:]:
            run.append(point)
            if used[point] > 1:
                yield way, run
                run = [point]


def _lengths_m(shape: Floats, shape_at: Ints) -> Floats:
    """Return the length of each road by the great circle between its points."""
    lon, lat = np.radians(shape).T
    rise = np.sin(np.diff(lat) / 2) ** 2
    run = np.sin(np.diff(lon) / 2) ** 2 * np.cos(lat[1:]) * np.cos(lat[:-1])
    step = np.r_[2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(rise + run)), 0.0]
    step[shape_at[1:] - 1] = 0.0  # from a road's last point to the next road's first
    lengths: Floats = np.add.reduceat(step, shape_at[:-1])
    return lengths


def _banned(
    rules: Iterable[Rule], number: dict[int, int], tail: Ints, head: Ints, way: NDArray[np.int64]
) -> Ints:
    """Return the pairs of arcs that the rules forbid."""
    pairs: set[tuple[int, int]] = set()
    for rule in rules:
        via = number.get(rule.via, -1)
        comes = [int(a) for a in np.flatnonzero(head == via) if int(way[a]) in rule.begin]
        goes = np.flatnonzero(tail == via).tolist()
        named = [b for b in goes if int(way[b]) in rule.end]
        # "Only into a road that is not there" is no rule for this vehicle.
        forbidden = set(goes) - set(named) if rule.is_only and named else named
        pairs |= {(a, b) for a in comes for b in forbidden}
    return np.array(sorted(pairs), np.int32).reshape(-1, 2)
