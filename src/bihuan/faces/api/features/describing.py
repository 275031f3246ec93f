"""The description of the features in OpenAPI 3.0, which the standard's class oas30 and its clients read.

The whole API is described in 3.1; clients such as OWSLib look for 3.0, and each parameter as part 1 defines it.
"""

from typing import Any

from bihuan.faces.api.features.asking import LIMIT, MOST
from bihuan.faces.api.features.collections import COLLECTIONS

Json = dict[str, Any]
FORM: Json = {"in": "query", "required": False, "style": "form", "explode": False}
PARAMETERS: Json = {
    "bbox": {
        **FORM, "name": "bbox", "description": "west,south,east,north in degrees; with heights six numbers",
        "schema": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
    },
    "datetime": {
        **FORM, "name": "datetime", "description": "an instant, or an interval with a slash, open at an end by ..",
        "schema": {"type": "string"},
    },
    "limit": {
        **FORM, "name": "limit",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
    },
    "cursor": {
        **FORM, "name": "cursor", "description": "where a page goes on; the link next has it",
        "schema": {"type": "integer", "minimum": 0},
    },
}  # fmt: skip
NUMBER: Json = {"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}}


def describe(server: str) -> Json:
    """Return the document; ``server`` is the address of the landing page."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Bihuan: features", "version": "1"},
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {"parameters": PARAMETERS},
    }


def _paths() -> Json:
    paths = {
        "/": _get("landing", "Where everything is"),
        "/conformance": _get("conformance", "Which parts of the standard hold"),
        "/collections": _get("collections", "What there is"),
    }
    asked = [{"$ref": f"#/components/parameters/{name}"} for name in PARAMETERS]
    for name in COLLECTIONS:
        here = f"/collections/{name}"
        paths[here] = _get(name, "One collection", missing=True)
        paths[f"{here}/items"] = _get(f"{name}_items", "Its features", "geo+json", parameters=asked)
        paths[f"{here}/items/{{number}}"] = _get(
            f"{name}_item", "One feature", "geo+json", missing=True, parameters=[NUMBER]
        )
    return paths


def _get(name: str, summary: str, kind: str = "json", *, missing: bool = False, **more: Any) -> Json:
    good = {"description": summary, "content": {f"application/{kind}": {"schema": {"type": "object"}}}}
    answers: Json = {"200": good, "400": {"description": "A parameter is unknown or can't be read"}}
    if missing:
        answers["404"] = {"description": "There is no such thing"}
    return {"get": {"operationId": name, "summary": summary, "responses": answers, **more}}
