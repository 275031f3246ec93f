"""What a person in care asks for, filled in from the list, as the door takes it."""

from typing import Any

from bihuan.kernel.private import unseal
from bihuan.lines.protection.models import Person


def ask_of(person: Person, said: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a Submission: what was said, and what the list knows of person and place."""
    asked = {"client_id": said["client_id"], "service": said["service"].code, "text": said["text"]}
    return asked | {"answers": said.get("answers") or {}} | place_and_person(person)


def place_and_person(person: Person) -> dict[str, Any]:
    """Return who it is about and where they live; the door seals what is personal."""
    door = " ".join(filter(None, (person.building, unseal(person.door_sealed))))
    known = {"name": unseal(person.name_sealed), "phone": unseal(person.phone_sealed), "door": door}
    place = {"site": person.site.name_zh, "lon": person.site.lon, "lat": person.site.lat}
    return place | {name: text for name, text in known.items() if text}
