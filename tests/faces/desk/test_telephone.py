"""What a caller says, as the door wants it."""

import json

from bihuan.faces.desk.telephone import EnterForm, danger_words
from bihuan.spine.places.models import District, Site
from tests.spine.cases.known import World, make_service

SAID = {"client_id": "call-0001", "service": "power_failure", "text": "no power", "phone": "199 0000 5526"}


def _form(world: World, **said: str) -> EnterForm:
    form = EnterForm(world.service, {**SAID, **said})
    form.is_valid()
    return form


def _site(name: str, code: str) -> Site:
    district, _ = District.objects.get_or_create(code="430211", level="county", name_zh="天元区")
    return Site.objects.create(
        code=code, kind="compound", name_zh=name, district=district, lon=113.1, lat=27.8
    )


def test_a_call_becomes_a_submission_by_telephone(world: World) -> None:
    payload = _form(world).payload
    assert (payload["channel"], payload["service"], payload["phone"]) == (
        "telephone",
        "power_failure",
        "+8619900005526",
    )
    assert payload["text"] == "no power"


def test_what_was_not_said_is_left_out(world: World) -> None:
    assert not {"name", "door", "site", "lon"} & _form(world).payload.keys()


def test_the_place_of_a_known_name_has_its_position(world: World) -> None:
    _site("星河小区", "a")
    assert _form(world, site="星河小区").payload["lon"] == 113.1


def test_two_places_of_one_name_are_left_to_triage(world: World) -> None:
    _site("星河小区", "a")
    _site("星河小区", "b")
    payload = _form(world, site="星河小区").payload
    assert payload["site"] == "星河小区" and "lon" not in payload


def test_a_number_that_is_none_is_told(world: World) -> None:
    assert "phone" in _form(world, phone="12").errors


def test_a_caller_may_stay_without_a_number(world: World) -> None:
    assert _form(world, phone="").is_valid()


def test_each_form_has_its_own_client_id(world: World) -> None:
    assert EnterForm(None)["client_id"].value() != EnterForm(None)["client_id"].value()


def test_words_of_danger_come_with_their_number(world: World) -> None:
    make_service("gas", danger_words=["漏气"], emergency_number="119")
    assert json.loads(danger_words()) == [{"words": ["漏气"], "number": "119"}]
