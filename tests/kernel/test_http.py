"""Problem details are RFC 9457's."""

import json

import pytest

from bihuan.kernel.http import problem

pytestmark = pytest.mark.once


def test_a_problem_without_a_code_is_about_its_status():
    assert json.loads(problem(404, "没有")) == {
        "type": "about:blank", "title": "Not Found", "status": 404, "detail": "没有",
    }  # fmt: skip


def test_a_problem_names_its_kind_and_its_fields():
    body = json.loads(problem(422, "no", code="phone", errors=[("phone", "too short")]))
    assert body["type"] == "urn:bihuan:problem:phone"
    assert body["errors"] == [{"field": "phone", "detail": "too short"}]


def test_it_is_utf_8():
    assert "没有" in problem(404, "没有").decode()
