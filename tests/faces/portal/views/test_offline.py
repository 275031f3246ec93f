from django.test import Client

from bihuan.faces.portal.offline import shell_urls, version


def test_the_worker_is_served_at_the_root_with_its_version(db: None, client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert version() in answer.content.decode()


def test_the_worker_names_every_file_of_the_shell(db: None, client: Client) -> None:
    script = client.get("/sw.js").content.decode().replace("\\u002D", "-")
    assert all(url in script for url in shell_urls())


def test_the_page_for_no_network_shows_the_emergency_numbers(db: None, client: Client) -> None:
    assert 'href="tel:120"' in client.get("/offline/").content.decode()


def test_the_manifest_is_in_the_readers_language(db: None, client: Client) -> None:
    chinese, english = (
        client.get("/manifest.webmanifest", headers={"Accept-Language": said}) for said in ("zh", "en")
    )
    assert (chinese.json()["name"], english.json()["name"]) == ("闭环", "Bihuan")
