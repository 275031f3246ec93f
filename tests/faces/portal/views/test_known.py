"""What is announced is read before anything is sent."""

import pytest
from django.test import Client

from bihuan.spine.cases.banners import SOMETHING_ELSE
from bihuan.spine.door.models import Submission
from tests.spine.cases.banners.area_of import ENGLISH, make_site, put_up
from tests.spine.cases.known import World, make_service, make_world
from tests.spine.cases.twins.town import LAT, LON


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "en"})


def test_the_first_page_and_the_form_say_what_is_known(world: World, reader: Client) -> None:
    put_up(world)
    assert ENGLISH in reader.get("/").content.decode()
    assert ENGLISH in reader.get("/ask/power_failure/").content.decode()
    make_service("water")
    assert ENGLISH not in reader.get("/ask/water/").content.decode()


def test_where_the_place_is_said_only_what_fits_it_is_shown(world: World, reader: Client) -> None:
    put_up(world)
    here = reader.get("/ask/power_failure/known/", {"lon": LON, "lat": LAT}).content.decode()
    assert "We know this already" in here
    there = reader.get("/ask/power_failure/known/", {"lon": LON + 1, "lat": LAT}).content.decode()
    assert ENGLISH not in there


def test_a_place_can_be_said_by_its_name(world: World, reader: Client) -> None:
    site = make_site("月亮小区")
    put_up(world, sites=[site], circle=None)
    assert (
        "We know this already"
        in reader.get("/ask/power_failure/known/", {"site": "月亮小区"}).content.decode()
    )


@pytest.mark.parametrize(
    "said", [{"lon": "x", "lat": "1"}, {"lon": "999", "lat": "1"}, {"site": "nowhere at all"}]
)
def test_spoilt_places_show_all_of_the_service(world: World, reader: Client, said: dict[str, str]) -> None:
    put_up(world)
    assert ENGLISH in reader.get("/ask/power_failure/known/", said).content.decode()


def test_something_else_is_sent_with_the_ask(world: World, reader: Client) -> None:
    put_up(world)
    form = {"client_id": "known-0001", "text": "a tree fell", "language": "en", "something_else": "1"}
    assert reader.post("/ask/power_failure/", form).status_code == 302
    assert Submission.objects.get(client_id="known-0001").answers == {SOMETHING_ELSE: "yes"}
