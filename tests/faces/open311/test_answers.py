"""One content, two forms."""

import json

from bihuan.faces.open311.answers import answer, answer_wrong, spark


def test_lists_lose_the_elements_that_only_group_them() -> None:
    content = {"code": "a", "attributes": {"attribute": [{"values": {"value": []}}]}}
    assert spark(content) == {"code": "a", "attributes": [{"values": []}]}


def test_what_is_empty_is_null_in_json() -> None:
    assert spark({"a": "", "b": None, "c": 0, "d": False}) == {"a": None, "b": None, "c": 0, "d": False}


def test_the_types_are_exactly_those_that_clients_compare() -> None:
    found = {form: answer(form, "a", {"b": [1]}).headers["Content-Type"] for form in ("xml", "json")}
    assert found == {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}


def test_several_reasons_stand_in_one_answer() -> None:
    response = answer_wrong("json", 400, ["first", "second"])
    assert response.status_code == 400
    assert json.loads(response.content) == [
        {"code": "400", "description": "first"},
        {"code": "400", "description": "second"},
    ]
    assert b"<errors><error><code>400</code>" in answer_wrong("xml", 400, ["first"]).content
