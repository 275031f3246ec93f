"""My account."""

from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World


def test_one_reads_what_the_role_allows(world: World, sign_in: SignIn) -> None:
    text = sign_in(world.ben).get("/desk/me/").content.decode()
    assert "Officer" in text and "Accept, return, hold, dispatch" in text


def test_who_has_no_role_is_told_whom_to_ask(world: World, sign_in: SignIn) -> None:
    assert b"ask an administrator" in sign_in(world.dan).get("/desk/me/").content
