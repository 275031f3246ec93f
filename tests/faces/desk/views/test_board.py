"""The commander's board."""

from bihuan.kernel import clock
from bihuan.spine.cases import figures
from bihuan.spine.cases.models import Figures
from bihuan.spine.cases.surge import shedding
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.banners.area_of import put_up
from tests.spine.cases.known import NOON, World, make_case, make_service

HTMX = {"hx-request": "true"}


def test_the_board_shows_what_the_worker_counted_and_when(world: World, sign_in: SignIn) -> None:
    make_case(world)
    figures.count()
    answer = sign_in(world.max).get("/desk/board/")
    assert answer.context["tiles"][0].value == "1"
    assert answer.context["counted_at"] is not None and not answer.context["is_stale"]


def test_every_chart_has_its_table(world: World, sign_in: SignIn) -> None:
    make_case(world)
    figures.count()
    answer = sign_in(world.max).get("/desk/board/")
    for chart in answer.context["charts"]:
        assert f'id="table-{chart.name}"' in answer.content.decode()


def test_a_refresh_brings_figures_and_tables_without_the_page(world: World, sign_in: SignIn) -> None:
    figures.count()
    text = sign_in(world.max).get("/desk/board/", headers=HTMX).content.decode()
    assert "<html" not in text and 'id="board-figures"' in text and 'hx-swap-oob="true"' in text


def test_before_the_first_count_it_says_so(world: World, sign_in: SignIn) -> None:
    assert b"Nothing has been counted yet" in sign_in(world.max).get("/desk/board/").content


def test_old_figures_are_called_old(world: World, sign_in: SignIn) -> None:
    Figures.objects.create(name="board", counted_at=NOON, values={})
    with clock.running(lambda: NOON.replace(hour=9)):
        assert b"These figures are old" in sign_in(world.max).get("/desk/board/").content


def test_the_board_is_for_those_whose_role_allows_it(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get("/desk/board/").status_code == 403


def test_the_board_names_what_is_not_taken_now_and_the_banners_that_are_up(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in(world.max)
    assert "known__line" not in client.get("/desk/board/").content.decode()
    shedding.shed(service=make_service("parcel"), by=world.max, words_zh="先救人")
    banner = put_up(world, make_case(world))
    text = client.get("/desk/board/", headers=HTMX).content.decode()
    assert '<a href="/desk/surge/">1 service is not taken now</a>' in text
    assert f'<a href="/desk/banners/">{banner.words_en or banner.words_zh}</a>' in text
