"""What the triage page shows to help whoever sorts."""

from collections.abc import Iterator

import pytest

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.learning import suggesting
from bihuan.spine.cases.learning.training import train
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_asker, make_case
from tests.spine.cases.learning.test_training import close_cases


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    suggesting.forget()
    yield
    suggesting.forget()


@pytest.fixture
def case(world: World) -> Case:
    close_cases(world, 60)
    train(fewest_cases=50)
    made = make_case(world, Status.TRIAGE, askers=0, service=None, owner_reason_en="no rule says")
    make_asker(made, text="我们楼停电了")
    return made


def test_a_row_shows_the_suggestion_its_words_and_the_reason(
    world: World, case: Case, sign_in: SignIn
) -> None:
    page = sign_in(world.olga).get("/desk/triage/").content.decode()
    assert "<mark>停电了</mark>" in page
    assert "no rule says" in page
    assert 'data-key="t"' in page


def test_a_suggestion_taken_is_written_down_as_such(world: World, case: Case, sign_in: SignIn) -> None:
    said = {"service": world.service.pk, "agency": world.grid.pk, "priority": "normal", "taken": "1"}
    client = sign_in(world.olga)
    client.post(f"/desk/triage/{case.pk}/", said)
    case.refresh_from_db()
    assert (case.agency, case.service) == (world.grid, world.service)
    assert Event.objects.get(verb="assign", case_id=case.pk).detail["suggested"]
    assert b"suggested and taken" in client.get(f"/desk/case/{case.pk}/").content


def test_what_is_suggested_no_longer_is_refused(world: World, case: Case, sign_in: SignIn) -> None:
    said = {"service": world.service.pk, "agency": world.water.pk, "priority": "normal", "taken": "1"}
    assert sign_in(world.olga).post(f"/desk/triage/{case.pk}/", said).status_code == 422
    case.refresh_from_db()
    assert case.status == Status.TRIAGE


def test_the_operator_is_offered_a_service_while_typing(world: World, case: Case, sign_in: SignIn) -> None:
    client = sign_in(world.olga)
    assert b'data-take="power_failure"' in client.post("/desk/enter/suggest/", {"text": "停电了"}).content
    assert b"data-take" not in client.post("/desk/enter/suggest/", {"text": ""}).content
