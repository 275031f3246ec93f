"""The page for a surge: the forecast and the switches."""

from datetime import timedelta

from bihuan.kernel import clock
from bihuan.spine.cases.models import Shedding
from bihuan.spine.cases.surge import loads, shedding
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case, make_service


def test_a_service_is_shed_and_taken_again_by_hand(world: World, sign_in: SignIn) -> None:
    service, max_ = make_service("parcel"), sign_in(world.max)
    page = max_.post("/desk/surge/shed/", {"service": service.pk, "words_zh": "先救人"}, follow=True)
    assert "先救人" in page.content.decode()
    max_.post(f"/desk/surge/shed/{Shedding.objects.get().pk}/end/")
    assert shedding.live() == {}


def test_a_service_of_life_is_not_offered_to_be_shed(world: World, sign_in: SignIn) -> None:
    service = make_service("oxygen", urgency="life")
    page = sign_in(world.max).post("/desk/surge/shed/", {"service": service.pk, "words_zh": "x"})
    assert page.status_code == 422
    assert page.context["never"] == [service]


def test_a_supervisor_sees_the_page_without_its_switches(world: World, sign_in: SignIn) -> None:
    shedding.shed(service=make_service("parcel"), by=world.max, words_zh="先救人")
    page = sign_in(world.sam).get("/desk/surge/").content.decode()
    assert "先救人" in page
    assert "Take it again" not in page


def test_the_queue_says_when_it_will_be_late(world: World, sign_in: SignIn) -> None:
    now = clock.now()
    for _ in range(3):
        make_case(world, due_at=now, resolve_by=now + timedelta(minutes=30))
    loads.count()
    page = sign_in(world.ben).get("/desk/").content.decode()
    assert "At this rate late at about" in page
