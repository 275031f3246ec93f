"""From a form to the door."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bihuan.kernel import clock
from bihuan.kernel.private import unseal
from bihuan.spine.cases.models import Service
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.places.models import Site
from tests.faces.open311.conftest import PLACE, Machine
from tests.spine.cases.known import World

HOLE = {"service_code": "POT", "attribute[depth]": "100", **PLACE}


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    return SimpleUploadedFile("hole.jpg", out.getvalue(), "image/jpeg")


def taken(machine: Machine, **said: Any) -> Submission:
    answer = machine.post(**said)
    assert answer.status_code == 200, answer.content.decode()
    return Submission.objects.get(receipt=answer.json()[0]["token"])


def refused(machine: Machine, status: int = 400, **said: Any) -> str:
    answer = machine.post(**said)
    assert answer.status_code == status, answer.content.decode()
    assert not Submission.objects.exists()
    return " ".join(one["description"] for one in answer.json())


def test_every_part_of_a_request_reaches_the_door(machine: Machine, pothole: Service) -> None:
    person = {"first_name": "Ana", "last_name": "Li", "phone": "19900005526"}
    one = taken(machine, **HOLE, **person, description="deep\nhole", media_url="http://x.example/1.jpg")
    assert (one.channel, one.service, one.lat, one.lon) == ("open311", "POT", 27.8274, 113.1325)
    assert one.text == "deep\nhole\nhttp://x.example/1.jpg"
    assert (unseal(one.name_sealed), unseal(one.phone_sealed)) == ("Ana Li", "+8619900005526")
    assert one.answers == {"depth": "100"}


def test_lists_of_answers_are_read_in_both_spellings(machine: Machine, pothole: Service) -> None:
    one = taken(machine, **HOLE, **{"attribute[shape]": "circle", "attribute[seen][]": ["water", "mud"]})
    assert one.answers == {"depth": "100", "shape": "circle", "seen": ["water", "mud"]}


def test_an_optional_list_left_empty_is_fine(machine: Machine, pothole: Service) -> None:
    assert taken(machine, **HOLE, **{"attribute[shape]": ""}).answers == {"depth": "100"}


def test_attributes_that_nobody_asked_for_join_the_words(machine: Machine, pothole: Service) -> None:
    one = taken(machine, **HOLE, description="deep", **{"attribute[title]": "A hole"})
    assert one.text == "deep\ntitle: A hole"


def test_an_address_alone_is_a_place_and_a_long_one_stays_whole(machine: Machine, world: World) -> None:
    address = "Acacia Avenue " * 20
    one = taken(machine, service_code="power_failure", address_string=address)
    assert one.site == address[:120] and address.strip() in one.text


def test_a_sites_code_is_a_place(machine: Machine, site: Site) -> None:
    one = taken(machine, service_code="power_failure", address_id="site-1")
    assert (one.site, one.lon, one.lat) == ("Yard One", site.lon, site.lat)


def test_an_unpinpointed_place_of_fixmystreet_is_taken_by_its_position(
    machine: Machine, world: World
) -> None:
    one = taken(machine, service_code="power_failure", address_id="#NOTPINPOINTED#", **PLACE)
    assert one.lat == 27.8274


def test_a_photo_comes_along(machine: Machine, pothole: Service) -> None:
    one = taken(machine, **HOLE, media=picture())
    assert Photo.objects.get().submission == one


def test_a_file_that_is_no_picture_is_refused(machine: Machine, pothole: Service) -> None:
    assert "media" in refused(machine, **HOLE, media=SimpleUploadedFile("x.jpg", b"no picture"))


@pytest.mark.parametrize(
    ("said", "status", "word"),
    [
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "BADGER"}, 404, "BADGER"),
        ({"attribute[depth]": ""}, 400, "attribute[depth]"),
        ({"attribute[depth]": "very"}, 400, "attribute[depth]"),
        ({"attribute[shape]": "starfish"}, 400, "attribute[shape]"),
        ({"lat": "", "long": ""}, 400, "address_string"),
        ({"lat": "27.8", "long": ""}, 400, "long"),
        ({"lat": "north"}, 400, "lat"),
        ({"lat": "nan"}, 400, "lat"),
        ({"lat": "100"}, 400, "lat"),
        ({"lat": "", "long": "", "address_id": "nowhere"}, 400, "nowhere"),
        ({"phone": "12"}, 400, "phone"),
        ({"description": "x" * 4001}, 400, "description"),
        ({"description": "a\0b"}, 400, "description"),
    ],
)
def test_what_is_wrong_is_named(
    machine: Machine, pothole: Service, said: dict[str, str], status: int, word: str
) -> None:
    assert word in refused(machine, status, **{**HOLE, **said})


def test_sent_again_within_a_day_it_is_the_same_request(machine: Machine, pothole: Service) -> None:
    said = {**HOLE, "description": "deep"}
    first, again = taken(machine, **said, media=picture()), taken(machine, **said, media=picture())
    tomorrow = clock.now() + timedelta(hours=23)
    with clock.running(lambda: tomorrow):
        assert taken(machine, **said, media=picture()) == first == again
    assert Photo.objects.count() == 1


def test_a_day_later_the_same_words_are_a_new_request(machine: Machine, pothole: Service) -> None:
    first = taken(machine, **HOLE)
    later = clock.now() + timedelta(hours=25)
    with clock.running(lambda: later):
        assert taken(machine, **HOLE) != first


def test_other_words_another_picture_or_another_key_are_another_request(
    machine: Machine, machine_of: Any, pothole: Service, world: World
) -> None:
    first = taken(machine, **HOLE)
    others = [taken(machine, **HOLE, description="x"), taken(machine, **HOLE, media=picture())]
    assert len({first, *others, taken(machine_of(world.eve), **HOLE)}) == 4


def test_words_of_danger_are_answered_with_the_number_to_call(machine: Machine, world: World) -> None:
    Service.objects.update(danger_words=["fire"], emergency_number="119")
    said = {"service_code": "power_failure", "description": "fire!", **PLACE}
    for _ in range(2):
        assert "119" in machine.post(**said).json()[0]["service_notice"]
