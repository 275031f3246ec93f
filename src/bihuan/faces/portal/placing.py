"""Where it is: a point on the map, a place of the city by its name, or at least words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bihuan.faces.portal.queries import sites_named
from bihuan.kernel.errors import Refused
from bihuan.kernel.geo import is_position


@dataclass(frozen=True)
class Place:
    """What the door is told of the place."""

    site: str = ""
    lon: float | None = None
    lat: float | None = None

    def __bool__(self) -> bool:
        return bool(self.site) or self.lon is not None


def find_place(
    name: str, district_code: str, district_name: str, lon: float | None, lat: float | None
) -> Place:
    """Make the best of what was given: the point if there is one, else the place that bears the name.

    Raises
    ------
    Refused
        when the point is not on the globe, or several places bear the name.
    """
    if lon is not None and lat is not None:
        if not is_position(lon, lat):
            raise Refused(_("This point is not on the map."), field="site")
        return Place(name, lon, lat)
    if not name:
        return Place(district_name)
    return _by_name(name, district_code, district_name)


def _by_name(name: str, district_code: str, district_name: str) -> Place:
    found = sites_named(name, district_code)
    if len(found) > 1:
        districts = ", ".join(sorted({site.district.name for site in found}))
        raise Refused(
            _("There are several places of this name (%(districts)s). Choose the district too.")
            % {"districts": districts},
            field="district",
        )
    if found:
        return Place(found[0].name_zh, found[0].lon, found[0].lat)
    # Unknown to us, not to a person: the words go on as they are, with the district before them.
    return Place(f"{district_name} {name}".strip())
