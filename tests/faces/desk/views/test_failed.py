"""Messages that could not be sent."""

from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.messages.models import Message
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case


def _unsent(case: Case, world: World) -> None:
    actions.accept(case=case, by=world.ben)
    Message.objects.filter(case_id=case.pk).update(status="failed", error="number out of service", attempts=5)


def test_a_message_that_could_not_be_sent_is_seen(world: World, sign_in: SignIn) -> None:
    case = make_case(world)
    _unsent(case, world)
    text = sign_in(world.sam).get("/desk/failed/").content.decode()
    assert "number out of service" in text and f"/desk/case/{case.pk}/" in text


def test_another_offices_message_is_only_counted(world: World, sign_in: SignIn) -> None:
    _unsent(make_case(world), world)
    world.sam.agency = world.water
    world.sam.save()
    text = sign_in(world.sam).get("/desk/failed/").content.decode()
    assert "number out of service" not in text and "belong" in text


def test_a_message_that_was_sent_is_not_there(world: World, sign_in: SignIn) -> None:
    actions.accept(case=make_case(world), by=world.ben)
    assert sign_in(world.sam).get("/desk/failed/").context["rows"] == []


def test_an_officer_has_no_such_page(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get("/desk/failed/").status_code == 403
