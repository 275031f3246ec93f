"""One fault with five thousand asks stays one screen: through triage, on the Case page, at its end."""

from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import clock, ids, private
from bihuan.spine.audit.models import Event
from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.cases import actions, telling
from bihuan.spine.cases.banners import actions as banners
from bihuan.spine.cases.models import Banner, Case, Pair
from bihuan.spine.cases.triage import triage_all
from bihuan.spine.cases.twins import pairing
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.models import Message
from tests.spine.cases.banners.area_of import put_up
from tests.spine.cases.known import PHONE, World, make_case, make_world
from tests.spine.cases.twins.town import LAT, LON, METRES_EAST

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ASKS = 5_000


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def banner(world: World) -> Banner:
    return put_up(world, make_case(world, askers=0))


def ask_often(number: int) -> None:
    """Write Submissions of one fault, each with its own telephone, as the door would."""
    sealed, now = private.seal(PHONE), clock.now()
    Submission.objects.bulk_create(
        (
            Submission(
                client_id=f"fault-{one:05}", receipt=ids.new_receipt(), channel="web", language="zh-hans",
                service="power_failure", text=f"整栋楼停电两个小时了，第{one}户", digest="0" * 64,
                lon=LON + (one % 300) * METRES_EAST, lat=LAT, phone_sealed=sealed,
                phone_hash=private.keyed_hash(f"+86199000{one:05}"), received_at=now,
            )
            for one in range(number)
        ),
        batch_size=500,
    )  # fmt: skip


def open_page(world: World, address: str) -> tuple[str, int, float]:
    """Return a page of the operator's, how many statements it took, and how long in seconds."""
    client = Client()
    client.force_login(world.olga)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        began = perf_counter()
        response = client.get(address)
        took_s = perf_counter() - began
    assert response.status_code == 200
    return response.content.decode(), len(captured), took_s


def test_five_thousand_asks_of_one_fault_stay_one_case_and_one_screen(world: World, banner: Banner) -> None:
    address = f"/desk/case/{banner.case_id}/"
    _page, few, _took_s = open_page(world, address)
    ask_often(ASKS)
    triage_all()
    banner.refresh_from_db()
    assert (banner.caught_count, Case.objects.count()) == (ASKS, 1)
    page, statements, took_s = open_page(world, address)
    print(
        f"case page at {ASKS} askers: {statements} statements, {took_s * 1000:.0f} ms, {len(page)} characters"
    )
    assert statements <= few + 6
    assert len(page) < 200_000
    assert f">{ASKS}<" in page
    # Every asker has a receipt and a word at once; the audit tells of them a batch at a time.
    assert Message.objects.filter(template="joined").count() == ASKS
    joins = Event.objects.filter(verb="join", case_id=banner.case_id)
    assert sum(len(event.detail["submissions"]) for event in joins) == ASKS
    assert joins.count() <= ASKS / 100
    seal_all()
    while pairing.find_pairs():
        pass
    assert not Pair.objects.exists()
    end(world, banner)


def end(world: World, banner: Banner) -> None:
    """Take the banner down: each is told once, and in no request."""
    with CaptureQueriesContext(connection) as captured:
        banners.take_down(banner=banner, by=world.olga)
    assert len(captured) < 30
    assert not Message.objects.filter(template="banner_end").exists()
    while telling.tell_on():
        pass
    receipts = list(Message.objects.filter(template="banner_end").values_list("about", flat=True))
    assert len(receipts) == len(set(receipts)) == ASKS


def test_a_step_of_a_case_with_very_many_askers_is_one_short_request(world: World, banner: Banner) -> None:
    number = 300
    ask_often(number)
    triage_all()
    with CaptureQueriesContext(connection) as captured:
        actions.accept(case=banner.case, by=world.ben)
    assert len(captured) < 30
    while telling.tell_on():
        pass
    assert Message.objects.filter(template="accept").count() == number


def test_look_alikes_without_a_banner_make_about_as_many_pairs_as_there_are_cases(world: World) -> None:
    number = 250  # the cost of each is the same at any number: tests/spine/cases/twins/test_pairing.py
    ask_often(number)
    triage_all()
    seal_all()
    while pairing.find_pairs():
        pass
    assert Case.objects.count() == number
    assert number - 1 <= Pair.objects.count() <= number * pairing.KEPT
    page, statements, _took_s = open_page(world, "/desk/twins/")
    assert statements < 60
    assert "/desk/banners/new/?case=" in page
