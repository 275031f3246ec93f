"""The pages on which canned answers are kept."""

from bihuan.spine.cases.models import CannedAnswer
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World


def said(world: World, **fields: object) -> dict[str, object]:
    return {
        "title": "On the way",
        "agency": world.grid.pk,
        "text_zh": "{service}马上到",
        "is_active": "on",
    } | fields


def test_a_supervisor_writes_an_answer_for_the_own_office(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.sam).post("/desk/canned/new/", said(world), follow=True)
    assert "On the way" in page.content.decode()
    assert CannedAnswer.objects.get().agency == world.grid


def test_a_supervisor_writes_none_for_another_office(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.sam).post("/desk/canned/new/", said(world, agency=world.water.pk))
    assert page.status_code == 422
    assert not CannedAnswer.objects.exists()


def test_another_offices_answer_is_not_there(world: World, sign_in: SignIn) -> None:
    other = CannedAnswer.objects.create(agency=world.water, title="x", text_zh="x")
    assert sign_in(world.sam).get(f"/desk/canned/{other.pk}/").status_code == 404


def test_a_preview_fills_the_placeholders_and_keeps_nothing(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.sam).post("/desk/canned/new/", said(world, preview="1"))
    assert "停电报修马上到" in page.content.decode()
    assert not CannedAnswer.objects.exists()


def test_a_placeholder_that_there_is_not_is_refused(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.sam).post("/desk/canned/new/", said(world, text_zh="{phone}"))
    assert page.status_code == 422
    assert not CannedAnswer.objects.exists()


def test_what_is_written_is_shown_as_words_never_as_markup(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.sam).post(
        "/desk/canned/new/", said(world, text_zh="<script>x</script>", preview="1")
    )
    assert "<script>x</script>" not in page.content.decode()
