"""Bodies and queries whose texts a database can keep, or a refusal before anything looks at them."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser

NUL, NUL_IN_JSON = "\0", b"\\u0000"


class WholeText(Parser):
    """Refuses NUL, which PostgreSQL can't keep, and half characters, which nothing can."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if NUL_IN_JSON in request.body:
            raise ValueError("a text holds NUL")
        body: dict[str, Any] = json.loads(request.body)
        json.dumps(body, ensure_ascii=False).encode()
        return body

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        # Files come this way too, and are not to be read here.
        texts = [value for _, values in data.lists() for value in values if isinstance(value, str)]
        if NUL in "".join(texts):
            raise HttpError(400, "A text holds NUL.")
        return super().parse_querydict(data, list_fields, request)
