"""Where a Submission's matter is, and how that is known: its position, the place's name, else the words."""

from dataclasses import dataclass
from typing import Any

from bihuan.kernel import geo
from bihuan.spine.cases.models import PlaceFrom
from bihuan.spine.door.models import Submission
from bihuan.spine.places.atlas import Atlas, Found
from bihuan.spine.places.gazetteer import Named
from bihuan.spine.places.queries import gazetteer


@dataclass(frozen=True)
class Placed:
    """A place, and how it is known."""

    found: Found
    how: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """Return what a Case keeps of it."""
        found = self.found
        cell = "" if found.lon is None or found.lat is None else geo.cell(found.lon, found.lat)
        return {
            "district_id": found.district_id,
            "site_id": found.site_id,
            "lon": found.lon,
            "lat": found.lat,
            "cell": cell,
            "place_from": self.how,
        }


def place_of(submission: Submission, city: Atlas) -> Placed:
    """Find the place of a Submission; its words count only where neither position nor place name tell it."""
    found = city.locate(submission.lon, submission.lat, submission.site)
    if submission.lon is not None and submission.lat is not None:
        return Placed(found, PlaceFrom.POINT)
    if found.district_id is not None:
        return Placed(found, PlaceFrom.SITE)
    named = named_in(submission, city)
    return Placed(named.found, PlaceFrom.TEXT if named.found.district_id else "")


def named_in(submission: Submission, city: Atlas | None = None) -> Named:
    """Read which place the words of a Submission name. Answers are left out: they name hospitals to go to."""
    return gazetteer(city).read(f"{submission.site}\n{submission.text}")
