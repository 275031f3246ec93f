from django.test import Client

from bihuan.spine.cases import figures
from tests.spine.cases.known import World, make_case


def page(client: Client) -> str:
    return client.get("/board/").content.decode()


def test_before_anything_was_counted_the_board_says_so(db: None, client: Client) -> None:
    assert "figure__number" not in page(client)


def test_the_board_shows_the_citys_totals(world: World, client: Client) -> None:
    for _ in range(7):
        make_case(world)
    figures.count()
    assert '<span class="figure__number">7</span>' in page(client)


def test_small_numbers_are_not_told(world: World, client: Client) -> None:
    make_case(world)
    figures.count()
    answer = client.get("/board/")
    assert [line.number for line in answer.context["services"]] == [None]


def test_the_board_tells_nothing_that_was_written(world: World, client: Client) -> None:
    make_case(world, summary="her own words")
    figures.count()
    assert "her own words" not in page(client)
