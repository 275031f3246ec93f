"""The seven roles a city starts with."""

import pytest
from django.utils import translation

from bihuan.spine.accounts.models import Role, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.roles import STANDARD, write_roles

pytestmark = pytest.mark.django_db


def test_seven_roles_are_written_in_both_languages():
    written = write_roles()
    assert len(written) == Role.objects.count() == 7
    for role in written.values():
        assert role.name_zh
        assert role.about_zh
        with translation.override("en"):
            assert role.name == role.name_en != ""
            assert role.about == role.about_en != ""


def test_writing_them_again_leaves_an_administrators_changes_alone():
    write_roles()
    Role.objects.filter(code="officer").update(permissions=["case.view"])
    assert write_roles()["officer"].permissions == ["case.view"]


def test_every_permission_is_in_some_role():
    assert {permission for spec in STANDARD for permission in spec.permissions} == set(Permission)


@pytest.mark.parametrize("code", ["commander", "auditor", "administrator"])
def test_who_does_not_speak_with_askers_reads_no_names(code):
    assert not User(role=write_roles()[code]).may(Permission.REVEAL)


def test_whoever_makes_accounts_sees_no_case():
    admin = User(role=write_roles()["administrator"])
    assert not any(admin.may(p) for p in (Permission.VIEW_OWN, Permission.VIEW_ALL, Permission.WORK))


def test_a_closed_account_may_nothing_whatever_its_role():
    closed = User(role=write_roles()["operator"], is_active=False, is_superuser=True)
    assert not any(closed.may(permission) for permission in Permission)


def test_without_a_role_one_may_nothing():
    assert not any(User().may(permission) for permission in Permission)
