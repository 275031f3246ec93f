"""What must never hold twice of a drill."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.kernel.private import keyed_hash, seal
from bihuan.spine.accounts.models import User
from bihuan.spine.messages.models import Contact, Drill

pytestmark = pytest.mark.django_db


def _drill(scope: str, **fields: object) -> Drill:
    now = clock.now()
    by = User.objects.get_or_create(username="sam")[0]
    said = {
        "scope": scope,
        "window_min": 5,
        "started_by": by,
        "started_at": now,
        "until_at": now + timedelta(minutes=5),
    }
    return Drill.objects.create(**said | fields)


def test_one_drill_runs_in_a_scope() -> None:
    _drill("/city/", closed_at=clock.now())
    _drill("/city/")
    _drill("/city/grid/")
    with pytest.raises(IntegrityError), transaction.atomic():
        _drill("/city/")


def test_a_window_goes_forward() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _drill("/", until_at=clock.now() - timedelta(minutes=1))


def test_an_address_stands_once_for_each_person_and_is_shown_masked() -> None:
    person = User.objects.create_user("olga")
    known = {
        "person": person,
        "address_sealed": seal("wechat:oLongOpenId"),
        "address_hash": keyed_hash("x"),
        "added_at": clock.now(),
    }
    contact = Contact.objects.create(**known)
    assert contact.masked == "wechat:•••• enId"
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(**known)
