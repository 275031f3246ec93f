"""The addresses of OGC API Features, core."""

import json
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Router

from bihuan.faces.api.features import asking, hxl
from bihuan.faces.api.features.collections import COLLECTIONS, Collection, Feature, features, one
from bihuan.faces.api.features.describing import describe
from bihuan.kernel import clock

router = Router(tags=["features"])
JSON, GEOJSON, OPENAPI = (
    "application/json",
    "application/geo+json",
    "application/vnd.oai.openapi+json;version=3.0",
)
CLASSES = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "oas30", "geojson")
]
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
MOST_LINES = 50_000
ROOT = "/api/v1/features"
Json = dict[str, Any]


@router.get("/", response=Json, summary="Where everything is", url_name="features_landing")
def landing(request: HttpRequest) -> HttpResponse:
    links = [
        _link("self", "", JSON),
        _link("service-desc", "api", OPENAPI),
        {"rel": "service-doc", "href": f"{settings.BIHUAN_SITE_URL}/about/", "type": "text/html"},
        _link("conformance", "conformance", JSON),
        _link("data", "collections", JSON),
    ]
    return _answer(request, {"title": "Bihuan", "description": "Sites, zones, cases", "links": links}, JSON)


@router.get("/api", response=Json, summary="This, in OpenAPI 3.0", url_name="features_api")
def api(request: HttpRequest) -> HttpResponse:
    return _answer(request, describe(f"{settings.BIHUAN_SITE_URL}{ROOT}"), OPENAPI)


@router.get(
    "/conformance", response=Json, summary="Which parts of the standard hold", url_name="features_conformance"
)
def conformance(request: HttpRequest) -> HttpResponse:
    return _answer(request, {"conformsTo": CLASSES}, JSON)


@router.get("/collections", response=Json, summary="What there is", url_name="features_collections")
def list_collections(request: HttpRequest) -> HttpResponse:
    found = [_described(each) for each in COLLECTIONS.values()]
    return _answer(request, {"links": [_link("self", "collections", JSON)], "collections": found}, JSON)


@router.get("/collections/{name}", response=Json, summary="One collection", url_name="features_collection")
def show_collection(request: HttpRequest, name: str) -> HttpResponse:
    return _answer(request, _described(_collection(name)), JSON)


@router.get(
    "/collections/{name}/items.csv", summary="Features as HXL-tagged CSV", url_name="features_csv",
    response=str,
)  # fmt: skip
def list_csv(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """At most 50,000 lines; narrow by ``bbox`` and ``datetime``."""
    collection = _collection(name)
    found = features(collection, asking.read(request.GET.dict()))
    text = hxl.lines(name, islice(found, MOST_LINES))
    response = StreamingHttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@router.get(
    "/collections/{name}/items", response=Json, summary="Features of a collection", url_name="features_items"
)
def list_items(request: HttpRequest, name: str) -> HttpResponse:
    """Narrow by ``bbox`` (west,south,east,north) and ``datetime`` (an instant, or an interval with a slash).

    ``limit`` up to 1,000. The link ``next`` leads to the following page.
    """
    collection, said = _collection(name), request.GET.dict()
    asked = asking.read(said)
    found = list(islice(features(collection, asked), asked.limit + 1))
    shown, is_last = found[: asked.limit], len(found) <= asked.limit
    here = f"collections/{name}/items"
    links = [
        _link("self", f"{here}?{urlencode(said)}", GEOJSON),
        _link("collection", f"collections/{name}", JSON),
    ]
    if not is_last:
        links.append(_link("next", f"{here}?{urlencode(said | {'cursor': str(shown[-1]['id'])})}", GEOJSON))
    body = {
        "type": "FeatureCollection", "features": shown, "links": links, "numberReturned": len(shown),
        "timeStamp": clock.now(),
    }  # fmt: skip
    return _answer(request, body, GEOJSON)


@router.get(
    "/collections/{name}/items/{number}", response=Json, summary="One feature", url_name="features_item"
)
def show_item(request: HttpRequest, name: str, number: str) -> HttpResponse:
    collection = _collection(name)
    is_number = number.isascii() and number.isdigit() and len(number) < 20 and int(number) <= asking.LARGEST
    feature = one(collection, int(number)) if is_number else None
    if feature is None:
        raise Http404
    links = [
        _link("self", f"collections/{name}/items/{number}", GEOJSON),
        _link("collection", f"collections/{name}", JSON),
    ]
    return _answer(request, {**feature, "links": links}, GEOJSON)


def _collection(name: str) -> Collection:
    if name not in COLLECTIONS:
        raise Http404
    return COLLECTIONS[name]


def _described(collection: Collection) -> Json:
    here = f"collections/{collection.name}"
    extent: Json = {"spatial": {"bbox": [[-180.0, -90.0, 180.0, 90.0]], "crs": CRS84}}
    if collection.has_times:
        extent["temporal"] = {"interval": [[None, None]]}
    return {
        "id": collection.name, "title": str(collection.title), "description": str(collection.about),
        "extent": extent, "itemType": "feature", "crs": [CRS84],
        "links": [
            _link("self", here, JSON), _link("items", f"{here}/items", GEOJSON),
            {**_link("items", f"{here}/items.csv", "text/csv"), "title": "HXL"},
        ],
    }  # fmt: skip


def _link(rel: str, path: str, kind: str) -> Json:
    return {
        "rel": rel,
        "href": f"{settings.BIHUAN_SITE_URL}{ROOT}/{path}".rstrip("?"),
        "type": kind,
    }


def _answer(request: HttpRequest, body: Json | Feature, kind: str) -> HttpResponse:
    if not request.path.endswith("/items"):
        asking.read(request.GET.dict())  # what no address of the standard knows is a mistake at every one
    text = json.dumps(body, cls=DjangoJSONEncoder, ensure_ascii=False)
    response = HttpResponse(text, content_type=kind)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
