"""Two cities: a Case goes to an agency whose server is another Bihuan, is done there, and its asker is asked."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from bihuan.lines.abroad import linking
from bihuan.lines.abroad.models import Link, State
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, NoteKind
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.models import Message
from tests.city import City
from tests.conformance.open311_client import Client
from tests.lines.abroad.going import change, fresh, go, newest
from tests.spine.cases.known import World, make_case, make_world

pytestmark = pytest.mark.slow
TRIES = 60


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.BIHUAN_PRIVATE_TARGETS = True
    return make_world()


@pytest.fixture
def link(world: World, served_city: City) -> Link:
    discovery = f"{served_city.url}/open311/discovery.xml"
    key = served_city.account("operator")["token"]
    made = linking.add(
        by=world.max, agency=world.grid, url=discovery, key=key, is_extended=True, takes_updates=True,
        is_repeatable=True, sends_words=True,
    )  # fmt: skip
    # Which city it is does not hang on the address that it names itself by.
    change(made, url=f"{served_city.url}/open311/v2")
    linking.put_code(
        link=made, by=world.max, service=world.service, code="noise", attributes="source: =works",
    )  # fmt: skip
    return made


def until(link: Link, is_so: Callable[[], bool]) -> None:
    for _ in range(TRIES):
        go(link)
        if is_so():
            return
        time.sleep(0.25)
    raise AssertionError(
        f"still {newest(link).state}, {newest(link).their_status}: {Link.objects.get().error}"
    )


def say_at_the_office(city: City, said: dict[str, str]) -> None:
    """Let the system of whichever office there owns the request write an update."""
    accounts = json.loads((city.folder / "demo-accounts.json").read_text())
    answers = [
        Client(f"{city.url}/open311/v2", one["token"]).post("servicerequestupdates", said)
        for one in accounts
        if one["role"] == "officer"
    ]
    assert 200 in [one.status for one in answers], [one.errors for one in answers]


def test_a_case_goes_abroad_and_comes_back_resolved(link: Link, world: World, served_city: City) -> None:
    case = make_case(world, lat=27.8274, lon=113.1325, place="Main Street")
    until(link, lambda: newest(link).state == State.TAKEN)
    number = newest(link).number
    said = {
        "service_request_id": number, "update_id": "peer-1", "updated_datetime": "2026-11-28T00:00:00Z",
        "status": "FIXED", "description": "the line hangs again",
    }  # fmt: skip
    say_at_the_office(served_city, said)
    until(link, lambda: fresh(case).status == Status.RESOLVED)
    assert "the line hangs again" in case.notes.filter(kind=NoteKind.REPLY).last().text  # type: ignore[union-attr]
    assert Message.objects.filter(case_id=case.pk, template="resolve").exists()
    # The asker says yes here, and so their request is closed there.
    actions.confirm(case=fresh(case), by=ASKER)
    until(link, lambda: _status(served_city, number) == "closed")
    assert fresh(case).status == Status.CLOSED
    assert Case.objects.count() == 1


def _status(city: City, number: str) -> str | None:
    found = Client(f"{city.url}/open311/v2", "").get(f"requests/{number}")
    return found.root.findtext("request/status")
