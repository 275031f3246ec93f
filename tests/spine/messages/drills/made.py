"""A small duty list for the tests."""

from collections.abc import Iterable
from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.private import keyed_hash, seal
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.messages.drills import starting
from bihuan.spine.messages.models import Contact, Drill

PHONES = {"ana": "+8619900000001", "ben": "+8619900000002", "eve": "+8619900000003"}


def make_people(*names: str) -> list[starting.OnDuty]:
    agency = Agency.objects.get_or_create(code="grid", defaults={"path": "/grid/", "name_zh": "供电"})[0]
    return [starting.OnDuty(make_person(name), agency, "officer", "en") for name in names]


def make_person(name: str) -> User:
    person, _ = User.objects.get_or_create(username=name, defaults={"email": f"{name}@city.example"})
    reach(person, PHONES[name])
    return person


def reach(person: User, address: str) -> None:
    known = {"address_sealed": seal(address), "address_hash": keyed_hash(address), "added_at": clock.now()}
    Contact.objects.get_or_create(person=person, address_hash=known.pop("address_hash"), defaults=known)


def start(people: Iterable[starting.OnDuty], channels: Iterable[str] = ("sms",), **said: Any) -> Drill:
    by = User.objects.get_or_create(username="sam")[0]
    said = {"scope": "/grid/", "window_min": 10} | said
    return starting.start(by=by, people=list(people), channels=list(channels), **said)
