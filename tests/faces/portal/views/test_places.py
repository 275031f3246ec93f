from django.test import Client

from bihuan.spine.places.models import Site


def test_suggestions_are_options_with_their_point(places_of_city: list[Site], client: Client) -> None:
    page = client.get("/places/", {"q": "和平"}).content.decode()
    assert 'role="option"' in page
    assert 'data-lon="113.1"' in page


def test_a_layer_that_did_not_change_is_not_sent_again(places_of_city: list[Site], client: Client) -> None:
    first = client.get("/map/sites.json")
    again = client.get("/map/sites.json", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_an_unknown_layer_is_not_found(db: None, client: Client) -> None:
    assert client.get("/map/askers.json").status_code == 404
