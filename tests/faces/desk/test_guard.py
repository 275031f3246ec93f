"""Who may open a page of the desk; whoever does is there."""

from bihuan.spine.resources.models import Presence
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World


def test_whoever_opens_a_page_is_there(world: World, sign_in: SignIn) -> None:
    sign_in(world.ben).get("/desk/me/")
    assert list(Presence.objects.values_list("person", "language")) == [(world.ben.pk, "en")]


def test_whoever_is_refused_a_page_is_not_counted_as_there(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get("/desk/rota/").status_code == 403
    assert not Presence.objects.exists()
