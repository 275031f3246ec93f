"""Agencies move with all that is below them, and never below themselves."""

import pytest

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.actions import save_agency
from bihuan.spine.accounts.models import Agency

pytestmark = pytest.mark.django_db


def make(code: str, parent: Agency | None = None) -> Agency:
    return save_agency(Agency(code=code, parent=parent))


def paths() -> set[str]:
    return set(Agency.objects.values_list("path", flat=True))


def test_a_new_agency_stands_below_its_parent():
    make("crew", make("power", make("city")))
    assert paths() == {"/city/", "/city/power/", "/city/power/crew/"}


def test_a_moved_agency_takes_along_what_is_below_it():
    power = make("power", make("city"))
    make("crew", power)
    make("powerful", power.parent)
    power.parent = None
    save_agency(power)
    assert paths() == {"/city/", "/power/", "/power/crew/", "/city/powerful/"}


def test_a_renamed_agency_takes_along_what_is_below_it():
    power = make("power")
    make("crew", power)
    power.code = "grid"
    save_agency(power)
    assert paths() == {"/grid/", "/grid/crew/"}


def test_an_agency_can_not_come_to_stand_below_itself():
    city = make("city")
    crew = make("crew", make("power", city))
    for parent in (city, crew):
        city.parent = parent
        with pytest.raises(Refused) as told:
            save_agency(city)
        assert told.value.field == "parent"
