"""The bell, the page behind it, and the sign of life."""

from bihuan.spine.cases.ladder import notices
from bihuan.spine.cases.models import JointReason, Silence
from bihuan.spine.messages import actions as messages
from bihuan.spine.messages import inbox
from bihuan.spine.resources.models import Presence
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import NOON, World, make_case


def tell(world: World) -> None:
    case = make_case(world)
    messages.send_many(notices.of_joint([world.ben], case, JointReason.LATE))


def test_the_bell_counts_what_is_new_until_the_page_is_opened(world: World, sign_in: SignIn) -> None:
    tell(world)
    client = sign_in(world.ben)
    assert "1 new notice" in client.get("/desk/").content.decode()
    assert client.get("/desk/notices/").context["read_to"] == 0
    assert "new notice" not in client.get("/desk/").content.decode()


def test_a_notice_leads_to_its_case(world: World, sign_in: SignIn) -> None:
    tell(world)
    (row,) = inbox.list_notices(world.ben)
    assert f'href="/desk/case/{row.case_id}/"' in sign_in(world.ben).get("/desk/notices/").content.decode()


def test_nobody_reads_what_another_was_told(world: World, sign_in: SignIn) -> None:
    tell(world)
    assert not sign_in(world.eve).get("/desk/notices/").context["rows"]


def test_the_sign_of_life_brings_the_bell_and_is_kept(world: World, sign_in: SignIn) -> None:
    tell(world)
    client = sign_in(world.ben)
    text = client.post("/desk/here/").content.decode()
    assert 'id="bell"' in text and "1 new notice" in text
    assert Presence.objects.get(person=world.ben).language == "en"
    assert client.get("/desk/here/").status_code == 405


def test_whoever_opens_a_page_of_the_desk_is_there(world: World, sign_in: SignIn) -> None:
    sign_in(world.eve).get("/desk/me/")
    assert Presence.objects.filter(person=world.eve).exists()


def test_silent_offices_are_named_to_commander_and_supervisor_on_queue_and_board(
    world: World, sign_in: SignIn
) -> None:
    Silence.objects.create(agency=world.grid, from_at=NOON)
    for person, address in ((world.max, "/desk/board/"), (world.max, "/desk/"), (world.sam, "/desk/")):
        assert "Nobody is connected at an office" in sign_in(person).get(address).content.decode()
    assert "Nobody is connected" not in sign_in(world.ben).get("/desk/").content.decode()
