"""OGC API Features as OWSLib reads it, from the server as it is served in earnest; and what part 1 demands beside."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.city import City

features_of = pytest.importorskip("owslib.ogcapi.features").Features
pytestmark = pytest.mark.slow
CONF = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
NAMES = {"sites", "zones", "cases"}


@pytest.fixture(scope="module")
def root(served_city: City) -> str:
    return f"{served_city.url}/api/v1/features/"


@pytest.fixture(scope="module")
def client(root: str) -> Any:
    client = features_of(root)
    client.links = [link | {"href": at(root, link["href"])} for link in client.links]
    return client


def at(root: str, href: str) -> str:
    """The same address at the port that this city happens to have: links lead to where the city is at home."""
    return root + href.partition("/api/v1/features/")[2]


def asked(url: str) -> tuple[int, str, Any]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], json.load(error)


# --- OWSLib --------------------------------------------------------------------------------------------------------


def test_it_lands_and_reads_what_holds(client: Any) -> None:
    assert {f"{CONF}core", f"{CONF}geojson", f"{CONF}oas30"} <= set(client.conformance()["conformsTo"])
    assert {link["rel"] for link in client.links} >= {"self", "service-desc", "conformance", "data"}


def test_it_reads_the_description(client: Any) -> None:
    assert any(path.endswith("/items") for path in client.api()["paths"])


def test_it_finds_the_collections(client: Any) -> None:
    assert set(client.feature_collections()) == NAMES
    for name in NAMES:
        assert client.collection(name)["id"] == name


def test_it_pages_through_all_that_there_is(client: Any, root: str) -> None:
    everything = {one["id"] for one in client.collection_items("sites", limit=1000)["features"]}
    limit, seen = max(1, len(everything) // 3), []
    page = client.collection_items("sites", limit=limit)
    while True:
        assert len(page["features"]) <= limit
        seen += [one["id"] for one in page["features"]]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            break
        page = asked(at(root, following[0]))[2]
    assert len(seen) == len(set(seen)) and set(seen) == everything


def test_a_box_holds_just_what_lies_in_it(client: Any) -> None:
    sites = client.collection_items("sites", limit=1000)["features"]
    lon, lat = sites[0]["geometry"]["coordinates"]
    box = [lon - 0.02, lat - 0.02, lon + 0.02, lat + 0.02]
    inside = {
        one["id"]
        for one in sites
        if box[0] <= one["geometry"]["coordinates"][0] <= box[2]
        and box[1] <= one["geometry"]["coordinates"][1] <= box[3]
    }
    found = client.collection_items("sites", bbox=box, limit=1000)["features"]
    assert {one["id"] for one in found} == inside and sites[0]["id"] in inside


def test_a_time_in_the_far_past_finds_no_case(client: Any) -> None:
    assert client.collection_items("cases", datetime_="1999-01-01/1999-12-31")["features"] == []


def test_one_item_is_the_same_as_in_the_list(client: Any) -> None:
    first = client.collection_items("sites", limit=1)["features"][0]
    alone = client.collection_item("sites", str(first["id"]))
    assert (alone["id"], alone["geometry"], alone["properties"]) == (
        first["id"], first["geometry"], first["properties"],
    )  # fmt: skip


# --- Part 1, core: what a client can't be asked to notice -----------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "application/json"), ("conformance", "application/json"), ("collections", "application/json"),
        ("collections/sites", "application/json"), ("collections/sites/items", "application/geo+json"),
    ],
)  # fmt: skip
def test_each_address_answers_in_its_type(root: str, path: str, kind: str) -> None:
    status, found, _ = asked(root + path)
    assert (status, found.partition(";")[0]) == (200, kind)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("collections/sites/items?badger=1", 400), ("collections?badger=1", 400), ("?badger=1", 400),
        ("collections/sites/items?limit=0", 400), ("collections/sites/items?limit=x", 400),
        ("collections/sites/items?bbox=1,2,3", 400), ("collections/sites/items?datetime=then", 400),
        ("collections/badgers", 404), ("collections/badgers/items", 404), ("collections/sites/items/0", 404),
    ],
)  # fmt: skip
def test_mistakes_are_400_and_what_is_not_there_404(root: str, path: str, status: int) -> None:
    assert asked(root + path)[0] == status


def test_a_limit_above_the_most_is_no_mistake(root: str) -> None:
    assert asked(f"{root}collections/sites/items?limit=10000000")[0] == 200


def test_every_collection_names_its_reference_system_and_its_items(root: str) -> None:
    for one in asked(f"{root}collections")[2]["collections"]:
        items = [link for link in one["links"] if link["rel"] == "items"]
        assert one["crs"] == [CRS84] and one["extent"]["spatial"]["crs"] == CRS84
        assert "application/geo+json" in {link["type"] for link in items}


def test_self_leads_back_to_the_same_page(root: str) -> None:
    _, _, page = asked(f"{root}collections/sites/items?limit=2&bbox=113,27,114,28")
    href = next(link["href"] for link in page["links"] if link["rel"] == "self")
    again = asked(at(root, href))[2]
    assert again["features"] == page["features"] and again["numberReturned"] == page["numberReturned"]


def test_the_service_description_is_openapi_and_of_the_type_that_its_link_says(root: str) -> None:
    link = next(one for one in asked(root)[2]["links"] if one["rel"] == "service-desc")
    status, kind, document = asked(at(root, link["href"]))
    assert (status, kind, document["openapi"][:4]) == (200, link["type"], "3.0.")
    assert {f"/collections/{name}/items" for name in NAMES} <= set(document["paths"])
