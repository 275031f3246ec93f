"""The joint check at the desk."""

from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Fallback, JointCheck
from bihuan.spine.cases.states import Status
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case


def test_what_waits_is_shown_with_its_reason_and_the_fallback_owner_proposed(
    world: World, sign_in: SignIn
) -> None:
    Fallback.objects.create(agency=world.water)
    actions.refer(case=make_case(world), by=world.max, reason="two offices point at each other")
    page = sign_in(world.max).get("/desk/joint/")
    text = page.content.decode()
    assert "two offices point at each other" in text and "somebody asked for it" in text
    assert page.context["rows"][0]["form"].initial["agency"] == world.water.pk


def test_a_decision_from_the_list_comes_back_to_it(world: World, sign_in: SignIn) -> None:
    case = actions.refer(case=make_case(world), by=world.max, reason="whose?")
    said = {"agency": world.water.pk, "reason": "the pipe", "seen": case.status, "next": "/desk/joint/"}
    answer = sign_in(world.max).post(f"/desk/case/{case.pk}/decide/", said)
    assert answer.headers["Location"] == "/desk/joint/"
    case.refresh_from_db()
    assert (case.status, case.agency, JointCheck.objects.get().decided_for) == (
        Status.WAITING,
        world.water,
        world.water,
    )
    assert "Nothing to decide" in sign_in(world.max).get("/desk/joint/").content.decode()


def test_two_forms_on_one_page_have_fields_of_their_own(world: World, sign_in: SignIn) -> None:
    for _ in range(2):
        actions.refer(case=make_case(world), by=world.max, reason="whose?")
    forms = [row["form"] for row in sign_in(world.max).get("/desk/joint/").context["rows"]]
    assert len({form["agency"].id_for_label for form in forms}) == 2


def test_the_case_page_shows_the_ladder(world: World, sign_in: SignIn) -> None:
    case = actions.refer(case=make_case(world), by=world.max, reason="whose?")
    assert "With the joint check since" in sign_in(world.max).get(f"/desk/case/{case.pk}/").content.decode()
