"""Who drives: speeds by class of road, which roads are barred, and what tags say about either."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

KMH_OF_MPH = 1.609_344
WALK_KMH = 6.0

# Km/h on an empty road, where the road itself has no lower limit.
CAR_KMH = {
    "motorway": 100.0,
    "trunk": 80.0,
    "primary": 60.0,
    "secondary": 50.0,
    "tertiary": 45.0,
    "unclassified": 40.0,
    "residential": 30.0,
    "living_street": 10.0,
    "service": 15.0,
    "road": 30.0,
    "motorway_link": 60.0,
    "trunk_link": 50.0,
    "primary_link": 45.0,
    "secondary_link": 40.0,
    "tertiary_link": 35.0,
}
ONE_WAY = {"yes": (True, False), "true": (True, False), "1": (True, False), "-1": (False, True)}


@dataclass(frozen=True)
class Profile:
    """A kind of vehicle.

    Parameters
    ----------
    kmh
        Speed by class of road; a class that is not named is not driven.
    share
        Which share of that speed is kept up on the way, with its bends, crossings and lights.
    access
        The tags that may bar it, the most particular first.
    barred
        The values of these tags that do.
    exempt
        The names under which a restriction may except it.
    """

    kmh: Mapping[str, float] = field(default_factory=lambda: CAR_KMH)
    share: float = 0.8
    access: tuple[str, ...] = ("motorcar", "motor_vehicle", "vehicle", "access")
    barred: frozenset[str] = frozenset({"no", "private"})
    exempt: frozenset[str] = frozenset({"motorcar", "motor_vehicle"})

    def speed_kmh(self, tags: Mapping[str, str]) -> float:
        """Return the speed kept up on a road with these tags; 0 where it must not be driven."""
        said = next((tags[key] for key in self.access if key in tags), "")
        if said in self.barred:
            return 0.0
        by_class = self.kmh.get(tags.get("highway", ""), 0.0)
        return min(by_class, limit_kmh(tags.get("maxspeed", ""))) * self.share


CAR = Profile()


def limit_kmh(text: str) -> float:
    """Return a speed limit as written in OpenStreetMap in km/h; infinity where it says none that we can read."""
    if text == "walk":
        return WALK_KMH
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(mph|km/h)?", text.strip())
    if not found or float(found[1]) <= 0:
        return float("inf")
    return float(found[1]) * (KMH_OF_MPH if found[2] == "mph" else 1.0)


def directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Return whether a road may be driven as it is written, and the other way."""
    said = tags.get("oneway", "")
    is_circular = tags.get("junction") in ("roundabout", "circular") or tags.get("highway") == "motorway"
    return ONE_WAY.get(said, (True, not is_circular or said == "no"))
