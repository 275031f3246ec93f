"""The description of the API."""

from typing import Any

from bihuan.faces.api.deeds import DEEDS


def test_openapi_lists_every_verb_with_what_it_takes(db: None, call: Any) -> None:
    described = call(None, "GET", "/openapi.json").json()
    paths = described["paths"]
    for verb, deed in DEEDS.items():
        body = paths[f"/api/v1/cases/{{case_id}}/{verb}"]["post"]["requestBody"]
        assert deed.said.__name__ in str(body), verb


def test_each_operation_has_its_own_name(db: None, call: Any) -> None:
    paths = call(None, "GET", "/openapi.json").json()["paths"]
    names = [operation["operationId"] for path in paths.values() for operation in path.values()]
    assert len(names) == len(set(names))


def test_there_is_no_page_of_documentation_that_loads_from_elsewhere(db: None, call: Any) -> None:
    assert call(None, "GET", "/docs").status_code == 404
