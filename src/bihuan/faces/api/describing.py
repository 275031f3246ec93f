"""The OpenAPI description: ninja writes what goes well; here is added what every address answers when it does not."""

from typing import Any, cast

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from bihuan.faces.api.deeds import DEEDS
from bihuan.faces.api.repeating import LONGEST_KEY
from bihuan.faces.api.scopes import scope_of
from bihuan.faces.api.signing import ROOT
from bihuan.kernel.http import PROBLEM_TYPE

Described = dict[str, Any]

PROBLEM: Described = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457): `detail` for a person, the last word of `type` for a program.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
WORDS = {
    400: "It can't be read: no JSON, a text that holds NUL, an Idempotency-Key that is none",
    401: "No valid token or session",
    403: "Your role, your agency or the scope of the token does not allow it",
    404: "There is nothing, or nothing that you may know of",
    405: "This address does not take this method",
    409: "Somebody was first, or the same Idempotency-Key is being worked on",
    412: "The Case is not as it was when you read it (If-Match)",
    413: "The body is too large",
    422: "A rule says no, a field can't be taken, or the Idempotency-Key was sent with something else",
    429: "Too much was asked; Retry-After says when to come again",
    503: "Not now; Retry-After says when",
}
ITEMS = "features/collections/{name}/items"
KINDS = {
    "features/api": "application/vnd.oai.openapi+json;version=3.0",
    ITEMS: "application/geo+json",
    f"{ITEMS}/{{number}}": "application/geo+json",
    f"{ITEMS}.csv": "text/csv",
}
SOMETIMES = ("rules", "afteraction", "levels", "rates/public")
"""What may not be there although its address names nothing."""
TEXT = {"schema": {"type": "string"}}
COUNT = {"schema": {"type": "integer", "minimum": 0}}
ETAG = {"description": "For If-None-Match; of a Case also for If-Match", **TEXT}
LIMITS = {
    "RateLimit-Policy": {"description": "`q` requests in `w` seconds", **TEXT},
    "RateLimit": {"description": "`r` requests left for `t` seconds", **TEXT},
}
KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "description": "Sent again within 24 hours with the same request, the first answer is given again",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": r"^[\x21-\x7e]+$"},
}  # fmt: skip
MATCH = {
    "name": "If-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "The ETag of the Case as you read it; 412 if it has changed",
}  # fmt: skip
NONE_MATCH = {
    "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "An ETag that you have; 304 if it is still the same",
}  # fmt: skip


class Api(NinjaAPI):
    """The API with its whole description."""

    def get_openapi_schema(self, **named: Any) -> OpenAPISchema:
        described = super().get_openapi_schema(**named)
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                _complete(path, method.upper(), operation)
        described["components"]["schemas"]["Problem"] = PROBLEM
        return described

    def get_openapi_operation_id(self, operation: Any) -> str:
        return cast(str, operation.view_func.__name__)

    def create_response(self, request: HttpRequest, *args: Any, **named: Any) -> Any:
        response = super().create_response(request, *args, **named)
        if response.status_code == 204:
            # No body, so nothing to say of its type.
            del response.headers["Content-Type"]
        return response


def _complete(path: str, method: str, operation: Described) -> None:
    asked = path.removeprefix(ROOT)
    is_signed = bool(operation.get("security"))
    if is_signed:
        scope = scope_of(method, asked)
        operation["security"] = [{"BearerToken": [scope] if scope else []}, {"Session": []}]
        operation["x-scope"] = scope or ""
    operation.setdefault("parameters", [])
    # A copy each: ninja hands the same lists out again.
    operation["parameters"] = [*operation["parameters"], *_headers(asked, method)]
    good = {int(code): answer for code, answer in operation["responses"].items()}
    for code, answer in good.items():
        answer["headers"] = _said_with(code, method, is_signed)
        if asked in KINDS:
            answer["content"] = {KINDS[asked]: next(iter(answer["content"].values()))}
    bad = {code: _problem(code, is_signed) for code in _wrong(asked, method, is_signed, operation)}
    if method == "GET":
        bad[304] = {"description": "What you have is still so", "headers": {"ETag": ETAG}}
    operation["responses"] = {str(code): answer for code, answer in sorted({**bad, **good}.items())}


def _headers(asked: str, method: str) -> list[Described]:
    if method == "GET":
        return [NONE_MATCH]
    return [KEY] * (method == "POST") + [MATCH] * _is_deed(asked)


def _wrong(asked: str, method: str, is_signed: bool, operation: Described) -> set[int]:
    codes = {400, 405}
    codes |= {401, 403, 429} if is_signed else set()
    if "{" in asked or method in {"PUT", "DELETE"} or asked.startswith(SOMETIMES):
        codes.add(404)
    if asked.startswith("receipts"):
        codes.add(429)
    if operation["parameters"] or method != "GET":
        codes.add(422)
    if method != "GET":
        codes |= {404, 409, 413, 422, 503}
    return codes | ({412} if _is_deed(asked) else set())


def _is_deed(asked: str) -> bool:
    parts = asked.split("/")
    return len(parts) == 3 and parts[0] == "cases" and parts[2] in DEEDS


def _said_with(code: int, method: str, is_signed: bool) -> Described:
    tagged: Described = {"ETag": ETAG} if method == "GET" and code == 200 else {}
    return {**tagged, **(LIMITS if is_signed else {})}


def _problem(code: int, is_signed: bool) -> Described:
    said: Described = {"Retry-After": COUNT} if code in {429, 503} else {}
    if is_signed and code != 401:
        said |= LIMITS
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": WORDS[code], "headers": said, "content": {PROBLEM_TYPE: {"schema": schema}}}
