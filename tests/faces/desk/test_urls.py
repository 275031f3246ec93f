"""Every address of the desk is for staff who are signed in."""

import re

import pytest
from django.test import Client

from bihuan.faces.desk.urls import urlpatterns

NUMBERS = {"verdict": "other", "verb": "accept", "field": "phone", "kind": "csv"}


def _path(pattern: object) -> str:
    route = str(pattern.pattern)  # type: ignore[attr-defined]
    return "/desk/" + re.sub(r"<\w+:(\w+)>", lambda match: NUMBERS.get(match[1], "1"), route)


@pytest.mark.parametrize("path", [_path(pattern) for pattern in urlpatterns])
def test_nobody_is_sent_to_sign_in_from(path: str, db: None) -> None:
    answers = [Client().get(path), Client().post(path)]
    told = [answer for answer in answers if answer.status_code != 405]
    assert told
    for answer in told:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/staff/login/")
