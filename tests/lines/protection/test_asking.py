"""What the list fills in of an ask."""

from bihuan.lines.protection.asking import place_and_person
from bihuan.lines.protection.models import Person


def test_who_and_where_go_along(person: Person) -> None:
    said = place_and_person(person)
    assert (said["name"], said["phone"], said["site"]) == ("吴甲", "+8619900005526", "云里小区")
    assert said["door"] == "3栋 2单元0501"


def test_what_is_not_known_is_left_out(person: Person) -> None:
    person.phone_sealed = None
    assert "phone" not in place_and_person(person)
