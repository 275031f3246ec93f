"""Who at the desks plays a deed."""

import pytest

from bihuan.drill.agencies import agency_rows
from bihuan.drill.posts import Posts
from bihuan.drill.staff import staff_rows

pytestmark = pytest.mark.once

POSTS = Posts([{**row, "token": row["username"]} for row in staff_rows()], agency_rows())


def test_an_officer_of_the_agency_itself_is_taken_first() -> None:
    assert POSTS.for_deed("officer", "power").username == "officer-power"


def test_where_an_agency_has_no_officer_the_one_above_acts() -> None:
    assert POSTS.for_deed("officer", "power-liling").username == "officer-power"
    assert POSTS.for_deed("officer", "hetang-community").username == "officer-hetang"


def test_operators_act_for_every_agency() -> None:
    assert POSTS.for_deed("operator", "water").username == "operator"


def test_nobody_is_found_where_nobody_is() -> None:
    assert POSTS.find("officer", "command") is None
    assert POSTS.find("officer", "nowhere") is None
