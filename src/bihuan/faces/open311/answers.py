"""Answers in XML, and the same in JSON by the Spark convention: no root, lists bare, empty as null."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse

from bihuan.kernel import xml
from bihuan.kernel.xml import Value

XML, JSON = "xml", "json"
TYPES = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}


class Wrong(Exception):
    """Why a request can't be done, for the person who made it. Several reasons may stand in one answer."""

    def __init__(self, status: int, *reasons: str) -> None:
        super().__init__(*reasons)
        self.status = status
        self.reasons = reasons


def answer(form: str, root: str, content: Value, status: int = 200) -> HttpResponse:
    """Return content in the form that was asked for."""
    body = xml.write(root, content) if form == XML else _write_json(content)
    response = HttpResponse(body, status=status, content_type=TYPES[form])
    response.headers["Cache-Control"] = "no-store"
    return response


def answer_wrong(form: str, status: int, reasons: Iterable[str]) -> HttpResponse:
    """Return why not."""
    errors = [{"code": str(status), "description": reason} for reason in reasons]
    return answer(form, "errors", {"error": errors}, status)


def _write_json(content: Value) -> bytes:
    return json.dumps(spark(content), ensure_ascii=False).encode()


def spark(value: Value) -> Any:
    """Turn what an XML document holds into JSON: an element that only groups others becomes their list."""
    if isinstance(value, Mapping):
        if len(value) == 1 and isinstance(inner := next(iter(value.values())), list):
            return [spark(one) for one in inner]
        return {name: spark(one) for name, one in value.items()}
    if isinstance(value, list):
        return [spark(one) for one in value]
    return None if value == "" else value
