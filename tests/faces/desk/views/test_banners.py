"""Putting up banners at the desk."""

import pytest

from bihuan.spine.cases.banners import actions
from bihuan.spine.cases.models import Banner, Case
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.banners.area_of import ENGLISH, WORDS, ask, make_site, put_up, sort
from tests.spine.cases.known import World, make_case
from tests.spine.cases.twins.town import LAT, LON, place


def said(world: World, case: Case, **fields: object) -> dict[str, object]:
    known = {"case": case.pk, "words_zh": WORDS, "services": [world.service.pk], "radius_m": 500}
    return {**known, "lon": LON, "lat": LAT, "names": "", **fields}


def test_a_banner_is_put_up_from_its_case(world: World, sign_in: SignIn) -> None:
    case = make_case(world, **place(0))
    site = make_site("月亮小区", 100)
    client = sign_in(world.olga)
    form = client.get(f"/desk/banners/new/?case={case.pk}")
    assert "月亮小区 Court" in form.content.decode()
    client.post("/desk/banners/new/", said(world, case, near=[site.pk], names="月亮小区\n"))
    banner = Banner.objects.get()
    assert (banner.case, list(banner.sites.all()), bool(banner.cells)) == (case, [site], True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"words_zh": ""}, "This field is required."),
        ({"names": "火星小区"}, "There is no place called “火星小区”."),
        ({"radius_m": ""}, "Name compounds or give a radius."),
    ],
)
def test_what_is_wrong_is_said_on_the_form(
    world: World, sign_in: SignIn, fields: dict[str, object], words: str
) -> None:
    case = make_case(world)
    answer = sign_in(world.olga).post("/desk/banners/new/", said(world, case, **fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Banner.objects.exists()


def test_the_list_says_what_is_up_and_takes_it_down(world: World, sign_in: SignIn) -> None:
    banner = put_up(world)
    ask()
    sort()
    client = sign_in(world.max)
    assert ENGLISH in client.get("/desk/banners/").content.decode()
    answer = client.post(f"/desk/banners/{banner.pk}/end/", follow=True).content.decode()
    assert "1 asker is told" in answer
    again = client.post(f"/desk/banners/{banner.pk}/end/", follow=True).content.decode()
    assert "taken down already" in again


def test_what_was_asked_before_is_merged_into_its_case(world: World, sign_in: SignIn) -> None:
    before = make_case(world, **place(10))
    banner = put_up(world)
    client = sign_in(world.olga)
    assert "Merge the one case" in client.get("/desk/banners/").content.decode()
    client.post(f"/desk/banners/{banner.pk}/gather/")
    before.refresh_from_db()
    assert before.merged_into == banner.case


def test_the_case_page_says_that_a_banner_is_up(world: World, sign_in: SignIn) -> None:
    banner = put_up(world)
    client = sign_in(world.olga)
    address = f"/desk/case/{banner.case_id}/"
    assert "A banner is up:" in client.get(address).content.decode()
    actions.take_down(banner=banner, by=world.olga)
    assert "Put up a banner over the area" in client.get(address).content.decode()
    assert "Put up a banner over the area" not in sign_in(world.ben).get(address).content.decode()
