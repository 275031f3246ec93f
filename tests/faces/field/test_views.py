from django.test import Client

from bihuan.faces.field import offline
from bihuan.spine.cases.registry import registry


def test_the_front_page_leads_to_the_page_of_each_line(db: None, client: Client) -> None:
    page = client.get("/field/").content.decode()
    assert all(str(one.label) in page for one in registry.field_pages.values())
    assert 'href="/field/manifest.webmanifest"' in page


def test_the_worker_names_every_file_and_page(db: None, client: Client) -> None:
    answer = client.get("/field/sw.js")
    script = answer.content.decode().replace("\\u002D", "-")
    assert answer["Content-Type"].startswith("text/javascript") and offline.version() in script
    assert all(url in script for url in (*offline.file_urls(), *offline.kept_pages()))


def test_the_page_for_no_network_leads_back(db: None, client: Client) -> None:
    assert 'href="/field/"' in client.get("/field/offline/").content.decode()


def test_it_installs_in_its_own_scope_and_the_readers_language(db: None, client: Client) -> None:
    english = client.get("/field/manifest.webmanifest", headers={"Accept-Language": "en"}).json()
    assert (english["scope"], english["short_name"]) == ("/field/", "On the road")
    assert (
        client.get("/field/manifest.webmanifest", headers={"Accept-Language": "zh"}).json()["short_name"]
        == "外勤"
    )
