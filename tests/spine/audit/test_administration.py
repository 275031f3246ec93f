"""Every page of the administration asks for its permission, whatever its model."""

import pytest
from django.contrib import admin
from django.test import RequestFactory

from bihuan.spine.accounts.models import Role, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.administration import Audited

pytestmark = pytest.mark.once
OURS = [page for page in admin.site._registry.values() if isinstance(page, Audited)]
ASKS = ("has_module_permission", "has_view_permission", "has_change_permission")


def request_of(*permissions: Permission):
    request = RequestFactory().get("/")
    request.user = User(role=Role(permissions=[permission.value for permission in permissions]))
    return request


@pytest.mark.parametrize("page", OURS, ids=str)
def test_its_permission_opens_it_and_no_other_does(page):
    others = [permission for permission in Permission if permission != page.permission]
    for ask in ASKS:
        assert getattr(page, ask)(request_of(page.permission))
        assert not getattr(page, ask)(request_of(*others))
    assert not page.has_add_permission(request_of(*others))


@pytest.mark.parametrize("page", OURS, ids=str)
def test_nothing_is_deleted_by_anybody(page):
    assert not page.has_delete_permission(request_of(*Permission))


def test_no_model_of_ours_is_in_the_administration_without_the_audit():
    from_us = [p for m, p in admin.site._registry.items() if m.__module__.startswith("bihuan.")]
    assert from_us
    assert all(isinstance(page, Audited) for page in from_us)
