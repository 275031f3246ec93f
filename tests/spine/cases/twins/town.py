"""Cases at measured distances, for the tests of twins."""

from bihuan.kernel import geo
from bihuan.spine.cases.models import Asker, Case
from tests.spine.cases.known import World, make_case, make_submission

LON, LAT = 113.13, 27.83
METRES_EAST = 1 / 98_430  # degrees of longitude at this latitude
OTHER_PHONE = "+8619900001111"


def place(metres_east: float) -> dict[str, object]:
    lon = LON + metres_east * METRES_EAST
    return {"lon": lon, "lat": LAT, "cell": geo.cell(lon, LAT)}


def case_of(world: World, phone: str = "", **fields: object) -> Case:
    case = make_case(world, askers=0, **fields)
    said = make_submission(phone)
    Asker.objects.create(case=case, first_case=case, submission=said, phone_hash=said.phone_hash)
    return case
