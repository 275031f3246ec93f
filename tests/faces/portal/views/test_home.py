from django.test import Client

from bihuan.spine.cases.models import Service


def test_the_front_page_is_chinese_unless_english_is_asked_for(medicine: Service, client: Client) -> None:
    assert "购药送药" in client.get("/").content.decode()
    english = client.get("/", headers={"Accept-Language": "en"}).content.decode()
    assert "What do you need?" in english
    assert "Medicine" in english


def test_search_works_by_an_address_alone(medicine: Service, client: Client) -> None:
    assert "购药送药" in client.get("/?q=买药").content.decode()
    assert "购药送药" not in client.get("/?q=xyzzy").content.decode()


def test_htmx_gets_the_list_without_the_page(medicine: Service, client: Client) -> None:
    part = client.get("/?q=买药", headers={"HX-Request": "true"}).content.decode()
    assert "购药送药" in part
    assert "<html" not in part


def test_what_is_searched_is_shown_as_text(medicine: Service, client: Client) -> None:
    assert "<script>x" not in client.get("/?q=<script>x").content.decode()


def test_the_page_about_privacy_is_there(db: None, client: Client) -> None:
    assert client.get("/about/").status_code == 200
