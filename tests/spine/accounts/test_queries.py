"""One's own agency and those below it; nobody else's."""

import pytest

from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.queries import is_own, own_agencies

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> dict[str, Agency]:
    found: dict[str, Agency] = {}
    for code, parent in [("city", None), ("power", "city"), ("crew", "power"), ("power-two", "city")]:
        agency = Agency(code=code, parent=found.get(parent or ""))
        agency.place_under_parent()
        agency.save()
        found[code] = agency
    return found


def codes(user: User) -> set[str]:
    return set(own_agencies(user).values_list("code", flat=True))


def test_an_officer_has_the_agency_and_what_is_below_it(tree):
    ben = User(username="ben", agency=tree["power"])
    assert codes(ben) == {"power", "crew"}
    assert is_own(ben, tree["crew"])
    assert not is_own(ben, tree["city"])


def test_a_neighbour_whose_code_begins_alike_is_no_child(tree):
    ben = User(username="ben", agency=tree["power"])
    assert not is_own(ben, tree["power-two"])


@pytest.mark.parametrize("who", [{"agency": None}, {"is_active": False}])
def test_without_agency_or_with_a_closed_account_there_is_none(tree, who):
    dan = User(username="dan", **{"agency": tree["city"], **who})
    assert codes(dan) == set()
    assert not is_own(dan, tree["city"])


def test_nobodys_agency_is_ones_own(tree):
    assert not is_own(User(agency=tree["city"]), None)
