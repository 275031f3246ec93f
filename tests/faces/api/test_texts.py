"""Texts that no database can keep are refused before anything looks at them."""

from typing import Any

import pytest
from django.test import Client

from bihuan.spine.accounts.tokens import issue
from tests.spine.cases.known import World, make_case

BODIES = [
    rb'{"text":"a\u0000b"}',
    rb'{"text":"\ud800"}',
    b'{"text":"\xff"}',
    b'{"text":' * 50_000,
    b"[" * 50_000,
]


@pytest.mark.parametrize("body", BODIES, ids=["nul", "half a character", "not utf-8", "deep", "deep list"])
def test_a_body_that_cannot_be_kept_is_a_problem(world: World, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {issue(world.ben, 'test')}"}
    address = f"/api/v1/cases/{make_case(world).pk}/note"
    answer = Client().generic("POST", address, body, "application/json", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("address", ["/cases?receipt=a%00b", "/teams?agency=a%00b", "/cases?text=a%00b"])
def test_a_nul_in_the_address_is_refused(world: World, call: Any, address: str) -> None:
    assert call(world.ben, "GET", address).status_code == 400
