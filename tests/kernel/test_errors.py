"""Each refusal carries what a page and a machine need."""

import pytest

from bihuan.kernel.errors import Busy, Conflict, Forbidden, Refused

pytestmark = pytest.mark.once


@pytest.mark.parametrize(("kind", "status"), [(Refused, 422), (Conflict, 409), (Forbidden, 403), (Busy, 503)])
def test_each_has_its_status_and_is_a_refusal(kind, status):
    error = kind("not so")
    assert (error.status, error.message, str(error)) == (status, "not so", "not so")
    assert isinstance(error, Refused)


def test_a_refusal_names_its_field():
    assert Refused("x", code="phone", field="phone").field == "phone"


def test_busy_says_when_to_come_back():
    assert Busy("x", retry_after_s=7).retry_after_s == 7
