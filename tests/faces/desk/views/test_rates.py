"""The page of the rates, the list behind each figure, and the board whose figures open theirs."""

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import figures
from bihuan.spine.cases.closing import counting
from bihuan.spine.cases.models import Case
from tests.spine.cases.closing.conftest import play, played  # noqa: F401  # a fixture
from tests.spine.cases.known import NOON, World, make_world

LINK = re.compile(r'<a href="(/desk/figure/\?[^"]+)">([\d,]+)</a>')
FOUND = re.compile(r'class="head__sub">([\d,]+) cases?<')


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def counted_city(played: list[Case]) -> list[Case]:  # noqa: F811
    with clock.running(lambda: NOON):
        counting.count_due()
        figures.count()
    return played


def page(user: User, address: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    with clock.running(lambda: NOON):
        answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def listed(user: User, address: str) -> int:
    found = FOUND.search(page(user, unescape(address)))
    assert found
    return int(found[1].replace(",", ""))


def number(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.mark.parametrize("by", ["agency", "district"])
def test_every_number_on_the_page_opens_as_many_cases(
    counted_city: list[Case], world: World, by: str
) -> None:
    links = set(LINK.findall(page(world.max, f"/desk/rates/?by={by}")))
    assert len(links) > 60
    # Each kind of figure of each line; a sample, the rest is tried without pages.
    for address, said in sorted(links)[::9]:
        assert listed(world.max, address) == number(said), address


def test_a_supervisors_numbers_open_lists_of_their_own_cases(counted_city: list[Case], world: World) -> None:
    links = sorted(set(LINK.findall(page(world.sam, "/desk/rates/"))))
    assert links
    for address, said in links[::11]:
        assert listed(world.sam, address) == number(said), address


TILE = re.compile(r'<a href="(/desk/figure/\?[^"]+)"><span class="figure__number">([\d,]+)</span>')


def test_every_figure_of_the_board_opens_as_many_cases(counted_city: list[Case], world: World) -> None:
    shown = page(world.max, "/desk/board/")
    tiles, cells = TILE.findall(shown), LINK.findall(shown)
    assert len(tiles) >= 8
    assert len(cells) > 30
    for address, said in [*tiles, *cells[::3]]:
        assert listed(world.max, address) == number(said), address


def test_the_board_of_one_who_sees_not_all_links_the_own_agency_only(
    counted_city: list[Case], world: World
) -> None:
    shown = page(world.sam, "/desk/board/")
    assert not TILE.findall(shown)
    for address, said in LINK.findall(shown):
        assert "agency=grid" in address
        assert listed(world.sam, address) == number(said)


def test_small_numbers_are_grey_and_have_no_rank(counted_city: list[Case], world: World) -> None:
    shown = page(world.max, "/desk/rates/?by=agency&since=2026-W44&until=2026-W44")
    assert 'class="is-small"' in shown


@pytest.mark.parametrize(
    "query", ["since=x&until=y", "by=zebra", "since=2030-W01&until=2020-W01", "agency=nobody"]
)
def test_a_spoilt_address_shows_a_page(counted_city: list[Case], world: World, query: str) -> None:
    assert "Rates" in page(world.max, f"/desk/rates/?{query}")


def test_before_the_first_count_it_says_so(world: World) -> None:
    assert "Nothing has been counted yet" in page(world.max, "/desk/rates/")


def test_the_list_goes_on_where_its_page_ends(counted_city: list[Case], world: World) -> None:
    shown = page(world.max, "/desk/figure/?figure=cases&since=2026-W44&until=2026-W48")
    more = re.search(r'hx-get="(\?[^"]*after=[^"]+)"', shown)
    assert more
    rows = page(world.max, "/desk/figure/" + unescape(more[1]))
    assert "data-row" in rows
    assert not set(re.findall(r'id="case-(\d+)"', shown)) & set(re.findall(r'id="case-(\d+)"', rows))


def download(user: User, kind: str) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    with clock.running(lambda: NOON):
        return client.get(f"/desk/rates/{kind}/?by=agency")


def test_the_sheets_hold_the_numbers_of_the_page_and_are_written_down(
    counted_city: list[Case], world: World
) -> None:
    text = b"".join(download(world.max, "csv")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    book = load_workbook(io.BytesIO(b"".join(download(world.max, "xlsx").streaming_content)))
    cells = [
        ["" if cell is None else str(cell) for cell in row] for row in book.active.iter_rows(values_only=True)
    ]
    assert [row[:3] for row in rows] == [row[:3] for row in cells]
    assert {"Power grid", "Together"} <= {row[0] for row in rows}
    assert Event.objects.filter(verb="export", subject_type="rates").count() == 2


def test_there_is_no_third_kind_of_sheet(counted_city: list[Case], world: World) -> None:
    assert download(world.max, "pdf").status_code == 404
