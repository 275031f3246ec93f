"""The public page of the rates."""

import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.spine.cases.closing import counting, publishing
from bihuan.spine.cases.models import Case
from tests.spine.cases.closing.conftest import played  # noqa: F401  # a fixture
from tests.spine.cases.known import NOON


@pytest.fixture
def published(played: list[Case]) -> None:  # noqa: F811
    with clock.running(lambda: NOON):
        counting.count_due()
        publishing.publish_due()


def page(client: Client, address: str = "/rates/", language: str = "en") -> str:
    return client.get(address, headers={"accept-language": language}).content.decode()


def test_before_the_first_week_it_says_when_there_will_be_one(db: None, client: Client) -> None:
    assert "No week has been told yet" in page(client)
    assert client.get("/rates.json").json() == {"weeks": []}


def test_the_latest_week_is_shown_with_its_tables_in_both_languages(published: None, client: Client) -> None:
    assert "2026-W46" in page(client)
    assert "Power grid" in page(client)
    assert "供电公司" in page(client, language="zh-hans")


def test_another_week_can_be_chosen_and_a_strange_one_is_not_there(published: None, client: Client) -> None:
    assert "· 2026-W44" in page(client, "/rates/?week=2026-W44")
    for week in ("2026-W48", "2020-W01", "board", "x"):
        assert client.get("/rates/", {"week": week}).status_code == 404
        assert client.get("/rates.json", {"week": week}).status_code == 404


def test_the_page_and_its_json_tell_the_same(published: None, client: Client) -> None:
    told = client.get("/rates.json", {"week": "2026-W45"}).json()
    shown = page(client, "/rates/?week=2026-W45")
    assert all(f'<td class="num">{row["cases"]}</td>' in shown for row in told["by_agency"] if row["cases"])
    assert told == {**publishing.told_week("2026-W45"), "counted_at": told["counted_at"]}


def test_nobody_needs_to_sign_in_and_no_officer_is_named(published: None, client: Client) -> None:
    assert "Ben" not in page(client)
