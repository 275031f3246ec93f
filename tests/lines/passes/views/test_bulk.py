"""The page for files."""

import pytest
from django.test import Client

from bihuan.lines.passes.models import Bulk, Desk, Pass
from tests.lines.passes.test_bulk import as_csv, row


@pytest.fixture
def client(desk: Desk) -> Client:
    return Client(headers={"accept-language": "en"})


def send(client: Client, *rows: dict[str, str]) -> str:
    file = as_csv(*rows)
    file.name = "list.csv"
    said = {"name": "云里防护用品厂", "phone": "19900007733", "file": file}
    return client.post("/passes/apply/many/", said, follow=True).content.decode()


def test_what_came_of_each_row_is_said(client: Client) -> None:
    page = send(client, row(), row(车牌号码="B1"))
    assert "1 of 2 rows were taken" in page and "not a number plate" in page
    receipt = Pass.objects.get().receipt
    assert "云里" in client.get(f"/passes/r/{receipt}/").content.decode()


def test_nobody_else_sees_what_came_of_a_file(client: Client) -> None:
    send(client, row())
    address = f"/passes/apply/many/{Bulk.objects.get().receipt}/"
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404


def test_a_file_that_is_none_comes_back(client: Client) -> None:
    assert client.post("/passes/apply/many/", {"name": "x", "phone": "1"}).status_code == 422
    assert "车牌号码" in client.get("/passes/apply/many/template.csv").content.decode()
