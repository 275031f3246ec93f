"""Places named in free text: Chinese and English names found by the longest match, and what they come to together.

A name that several places bear stays several candidates until something in the same text tells them apart; what the
text denies ("not in …"), comes from or only goes to is not where it happens. When in doubt a person decides.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from bihuan.spine.places.atlas import Found
from bihuan.spine.places.phrases import Role, has_door, joins, role_of
from bihuan.spine.places.writing import Flat, flatten, variants

SHORTEST_LATIN = 4
SHORTEST = 2
HEAD = 2  # names are looked up by their first characters


class Level(IntEnum):
    COUNTY = 1
    STREET = 2
    SITE = 3


@dataclass(frozen=True)
class Place:
    """What a name may stand for. ``is_short``: the name was shortened by us (天元 for 天元区), a hint and no more."""

    level: Level
    id: int
    name_zh: str
    name_en: str
    found: Found
    is_short: bool = False


@dataclass(frozen=True)
class Mention:
    """A name as it stands in a text, with all places that bear it."""

    start: int
    end: int
    words: str
    places: tuple[Place, ...]

    @property
    def level(self) -> Level:
        """Return the closest level that the name may stand for."""
        return max(place.level for place in self.places)


@dataclass(frozen=True)
class Chain:
    """Mentions that make one address, from the district down to the site, and what the text says of it."""

    mentions: tuple[Mention, ...]
    role: Role

    def of(self, *levels: Level) -> Iterator[Place]:
        return (place for mention in self.mentions for place in mention.places if place.level in levels)


@dataclass(frozen=True)
class Named:
    """What a text comes to: the place, why, and which places it may be where that is not clear.

    ``reason`` is one of the keys of ``reasons.WORDS``.
    """

    found: Found
    reason: str
    candidates: tuple[Place, ...] = ()
    words: str = ""


NOTHING = Named(Found(), "none")


class Gazetteer:
    """All names of a city; made once, asked often. Reading a text costs its length, not the number of names."""

    def __init__(self, entries: Iterable[tuple[Place, Iterable[str]]]) -> None:
        self._named: dict[str, list[Place]] = defaultdict(list)
        for place, names in entries:
            for name in {flat for one in names for flat in variants(one) if _is_long_enough(flat)}:
                self._named[name].append(place)
        self._by_head: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._named, key=len, reverse=True):
            self._by_head[name[:HEAD]].append(name)

    def read(self, text: str) -> Named:
        """Find the one place that a text is about, or say why it is not clear."""
        flat = flatten(text)
        chains = _chains(flat, self._mentions(flat))
        return _together(chains) if chains else NOTHING

    def mentions(self, text: str) -> list[Mention]:
        """Return all names in a text, the longest where they overlap, in their order."""
        return self._mentions(flatten(text))

    def _mentions(self, flat: Flat) -> list[Mention]:
        found = [hit for at in range(len(flat.text)) if (hit := self._longest_at(flat, at))]
        # One mark for each character: a text that repeats a name thousands of times takes no longer than another.
        marks = bytearray(len(flat.text))
        taken: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda hit: (hit[0] - hit[1], hit[0])):
            if not any(marks[start:end]):
                marks[start:end] = b"\1" * (end - start)
                taken.append((start, end))
        return [
            Mention(start, end, flat.cut(start, end), tuple(self._named[flat.text[start:end]]))
            for start, end in sorted(taken)
        ]

    def _longest_at(self, flat: Flat, at: int) -> tuple[int, int] | None:
        for name in self._by_head.get(flat.text[at : at + HEAD], ()):
            if flat.text.startswith(name, at) and flat.is_whole(at, at + len(name)):
                return at, at + len(name)
        return None


def _is_long_enough(name: str) -> bool:
    return len(name) >= (SHORTEST_LATIN if name.isascii() else SHORTEST)


# --- Mentions that stand together ---------------------------------------------------------------------------


def _chains(flat: Flat, mentions: list[Mention]) -> list[Chain]:
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups and _goes_on(flat, groups[-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [_chain(flat, group) for group in groups]


def _goes_on(flat: Flat, group: list[Mention], mention: Mention) -> bool:
    levels = {one.level for one in group}
    return mention.level not in levels and joins(flat.between(group[-1].end, mention.start))


def _chain(flat: Flat, group: list[Mention]) -> Chain:
    before, after = flat.before(group[0].start), flat.after(group[-1].end)
    # "Block 3, Jinxiu Garden" and "锦绣花园3栋": a door beside the site says that it is lived in.
    site = next((one for one in group if one.level == Level.SITE), None)
    door = site is not None and has_door(flat.before(site.start), flat.after(site.end))
    return Chain(tuple(group), role_of(before, after, has_door=door))


# --- What they come to together -----------------------------------------------------------------------------

MEANT = (Role.HERE, Role.PLAIN, Role.NEAR)


def _together(chains: list[Chain]) -> Named:
    meant = [chain for chain in chains if chain.role in MEANT]
    for role in MEANT:
        of_role = [chain for chain in meant if chain.role == role]
        if sites := _unique(place for chain in of_role for place in chain.of(Level.SITE)):
            return _among_sites(sites, of_role, meant, is_near=role == Role.NEAR)
    if areas := _areas(meant):
        return _among_areas(areas, _words(meant))
    return _excluded(chains)


def _among_sites(sites: list[Place], own: list[Chain], meant: list[Chain], *, is_near: bool) -> Named:
    areas = _areas(own) or _areas(meant)
    inside = [site for site in sites if not areas or any(_lies_in(site, area) for area in areas)]
    words = _words(own)
    if not inside and not all(area.is_short for area in areas):
        return Named(Found(), "elsewhere", tuple(sites), words)
    inside = inside or sites
    if len(inside) > 1:
        return Named(_common(inside), "several", tuple(inside), words)
    if is_near:
        return Named(_common(inside), "near", tuple(inside), words)
    return Named(inside[0].found, "by_district" if len(sites) > 1 else "site", (), words)


def _areas(chains: list[Chain]) -> list[Place]:
    """Return districts and streets that were named, the closest level only; shortened names only where no other is."""
    named = _unique(place for chain in chains for place in chain.of(Level.COUNTY, Level.STREET))
    full = [place for place in named if not place.is_short] or named
    streets = [place for place in full if place.level == Level.STREET]
    counties = [place for place in full if place.level == Level.COUNTY]
    inside = [one for one in streets if not counties or any(_lies_in(one, county) for county in counties)]
    return inside or counties


def _among_areas(areas: list[Place], words: str) -> Named:
    if len(areas) == 1:
        return Named(areas[0].found, "district", (), words)
    return Named(_common(areas), "several", tuple(areas), words)


def _excluded(chains: list[Chain]) -> Named:
    places = _unique(place for chain in chains for mention in chain.mentions for place in mention.places)
    return Named(Found(), chains[0].role.value, tuple(places), _words(chains))


def _lies_in(place: Place, area: Place) -> bool:
    found = place.found
    return area.id in (found.street_id, found.district_id)


def _common(places: list[Place]) -> Found:
    """Return the district and the street that all the places share."""
    districts, streets = ({getattr(p.found, name) for p in places} for name in ("district_id", "street_id"))
    district = next(iter(districts)) if len(districts) == 1 else None
    return Found(district, next(iter(streets)) if district and len(streets) == 1 else None)


def _unique(places: Iterable[Place]) -> list[Place]:
    return list({(place.level, place.id): place for place in places}.values())


def _words(chains: list[Chain]) -> str:
    return " ".join(mention.words for chain in chains for mention in chain.mentions)
