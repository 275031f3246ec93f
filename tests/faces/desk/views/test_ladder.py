"""The ladder as an administrator edits it."""

from typing import Any

from bihuan.spine.accounts.models import Role
from bihuan.spine.cases.ladder.rungs import active
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_user


def send(world: World, sign_in: SignIn, *rungs: tuple[str, str]) -> Any:
    ada = make_user("ada", Role.objects.get(code="administrator"), None)
    said = {"rung-TOTAL_FORMS": str(len(rungs)), "rung-INITIAL_FORMS": "4"}
    for n, (percent, whom) in enumerate(rungs):
        said |= {f"rung-{n}-percent": percent, f"rung-{n}-whom": whom}
    return sign_in(ada).post("/desk/ladder/", said)


def test_the_standard_rungs_are_shown_with_room_for_more(world: World, sign_in: SignIn) -> None:
    ada = make_user("ada", Role.objects.get(code="administrator"), None)
    page = sign_in(ada).get("/desk/ladder/")
    assert [form["percent"].value() for form in page.context["forms"]] == [50, 80, 100, 150, None, None]


def test_rungs_are_changed_added_and_taken_away(world: World, sign_in: SignIn) -> None:
    answer = send(
        world,
        sign_in,
        ("40", "owner"),
        ("", "duty"),
        ("100", "supervisor"),
        ("200", "joint"),
        ("30", "duty"),
        ("", "owner"),
    )
    assert answer.status_code == 302
    assert [(rung.percent, rung.whom) for rung in active()] == [
        (30, "duty"), (40, "owner"), (100, "supervisor"), (200, "joint"),
    ]  # fmt: skip


def test_a_refused_ladder_says_why_and_keeps_what_was_typed(world: World, sign_in: SignIn) -> None:
    answer = send(world, sign_in, ("50", "owner"), ("50", "duty"))
    assert answer.status_code == 422
    assert "Each share once, please." in answer.content.decode()
    assert [form["percent"].value() for form in answer.context["forms"]] == ["50", "50"]


def test_what_is_no_share_is_refused_beside_its_field(world: World, sign_in: SignIn) -> None:
    answer = send(world, sign_in, ("fifty", "owner"))
    assert answer.status_code == 422 and answer.context["forms"][0].errors["percent"]
