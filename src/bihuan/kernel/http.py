"""Problem details for HTTP APIs (RFC 9457), for the door and the API alike."""

import json
from collections.abc import Iterable
from http import HTTPStatus

PROBLEM_TYPE = "application/problem+json"


def problem(status: int, detail: str, *, code: str = "", errors: Iterable[tuple[str, str]] = ()) -> bytes:
    """Return the body of a problem answer, UTF-8.

    Parameters
    ----------
    status : the HTTP status, repeated in the body.
    detail : what went wrong, for a person.
    code : a stable word for machines, the last part of ``type``.
    errors : pairs of field name and what is wrong with it.
    """
    body: dict[str, object] = {
        "type": f"urn:bihuan:problem:{code}" if code else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if listed := [{"field": field, "detail": text} for field, text in errors]:
        body["errors"] = listed
    return json.dumps(body, ensure_ascii=False).encode()
