"""OGC API Features, part 1 core: the abstract tests of the standard, as far as they concern a server of JSON."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.faces.api.features.test_collections import site
from tests.spine.cases.known import World, make_case, make_world

ROOT = "/api/v1/features/"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def get(path: str, status: int = 200) -> Any:
    answer = Client(headers={"accept-language": "en"}).get(ROOT + path)
    assert answer.status_code == status, answer.content
    return answer.json()


def path_of(link: dict[str, str]) -> str:
    return re.sub(r"^https?://[^/]+", "", link["href"]).removeprefix(ROOT)


def rels(body: Any) -> dict[str, dict[str, str]]:
    return {link["rel"]: link for link in body["links"]}


def test_from_the_landing_page_everything_is_reached(world: World) -> None:
    links = rels(get(""))
    assert {"self", "service-desc", "conformance", "data"} <= set(links)
    description = Client().get(re.sub(r"^https?://[^/]+", "", links["service-desc"]["href"])).json()
    assert "/collections/sites/items" in description["paths"]
    assert any(uri.endswith("/conf/core") for uri in get(path_of(links["conformance"]))["conformsTo"])
    for each in get(path_of(links["data"]))["collections"]:
        assert get(path_of(rels(each)["self"])) == each
        assert get(f"collections/{each['id']}/items")["type"] == "FeatureCollection"


def test_pages_follow_the_link_next_to_the_end(world: World) -> None:
    numbers = [site(f"s{k}").pk for k in range(5)]
    path, seen = "collections/sites/items?limit=2&bbox=113,27,114,28", []
    while path:
        body = get(path)
        assert body["numberReturned"] == len(body["features"]) <= 2
        seen += [feature["id"] for feature in body["features"]]
        path = path_of(rels(body)["next"]) if "next" in rels(body) else ""
    assert seen == numbers


def test_one_feature_leads_back_to_its_collection(world: World) -> None:
    case = make_case(world)
    body = get(f"collections/cases/items/{case.pk}")
    assert (body["type"], body["id"], set(rels(body))) == ("Feature", case.pk, {"self", "collection"})


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("collections/moons", 404), ("collections/moons/items", 404), ("collections/sites/items/9", 404),
        ("collections/sites/items/abc", 404), ("collections/sites/items?colour=red", 400), ("?colour=red", 400),
        ("collections/sites/items?bbox=1,2", 400), ("collections/sites/items?limit=0", 400),
        ("collections/cases/items?datetime=soon", 400), ("collections?f=html", 400),
    ],
)  # fmt: skip
def test_mistakes_are_answered_as_the_standard_says(world: World, path: str, status: int) -> None:
    assert get(path, status)["status"] == status


def test_types_are_those_of_the_standard(world: World) -> None:
    kinds = [
        Client().get(ROOT + path).headers["Content-Type"]
        for path in ("collections", "collections/sites/items")
    ]
    assert kinds == ["application/json", "application/geo+json"]


def test_the_same_is_there_as_hxl(world: World) -> None:
    site("s1")
    answer = Client().get(f"{ROOT}collections/sites/items.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "#loc+code" in text and "s1" in text
