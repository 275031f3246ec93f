"""The street and the stairwell."""

import pytest

from bihuan.lines.requests.catalogue.order import SERVICES

pytestmark = pytest.mark.once


def test_who_reports_the_neighbours_may_stay_unnamed() -> None:
    anonymous = {spec.code for spec in SERVICES if spec.is_anonymous}
    assert {"noise", "crowding", "rubbish", "road"} == anonymous


def test_a_vehicle_is_known_by_its_plate() -> None:
    spec = next(spec for spec in SERVICES if spec.code == "vehicle_pass")
    assert next(q.code for q in spec.questions if q.required) == "plate"
