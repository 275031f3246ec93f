"""Pages by cursor."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.queries.paging import page

pytestmark = pytest.mark.django_db


def make(code: str, name: str) -> None:
    Agency.objects.create(code=code, path=f"/{code}/", name_zh=name, name_en=name)


def walk(limit: int, *by: str) -> Iterator[list[str]]:
    cursor: str | None = ""
    while cursor is not None:
        rows, cursor = page(Agency.objects.all(), cursor, limit, *by)
        yield [row.code for row in rows]


@pytest.mark.parametrize(
    "by", [("id",), ("-id",), ("name_zh", "id"), ("-name_zh", "id"), ("name_zh", "-code")]
)
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_the_pages_together_are_the_list_in_its_order(by: tuple[str, ...], limit: int) -> None:
    for code, name in zip("abcdefg", "xyxzyxx", strict=True):
        make(code, name)
    pages = list(walk(limit, *by))
    assert [code for one in pages for code in one] == [row.code for row in Agency.objects.order_by(*by)]
    assert all(len(one) == limit for one in pages[:-1])


def test_what_is_put_in_or_taken_out_meanwhile_moves_no_page() -> None:
    for code in "bdfhj":
        make(code, "x")
    first, cursor = page(Agency.objects.all(), "", 2, "code")
    make("a", "x")
    make("e", "x")
    Agency.objects.filter(code="d").delete()
    second, _ = page(Agency.objects.all(), cursor or "", 9, "code")
    assert [row.code for row in (*first, *second)] == ["b", "d", "e", "f", "h", "j"]
    assert all(one < other for one, other in pairwise(row.code for row in (*first, *second)))


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "é", "W10", "WzFd" * 3, "bnVsbA", "WyJ4Il0", "W251bGxd", "W1tdXQ", "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5OV0",
        "MQ", "W05hTl0",
    ],
)  # fmt: skip
def test_a_cursor_that_is_none_is_refused_and_breaks_nothing(cursor: str) -> None:
    make("a", "x")
    with pytest.raises(Refused) as refused:
        page(Agency.objects.all(), cursor, 2, "id")
    assert refused.value.code == "cursor"
