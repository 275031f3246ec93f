"""Who may look back."""

import pytest

from bihuan.spine.accounts.models import Role, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.afteraction.rights import may_look_back


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        ([Permission.AUDIT], True),
        ([Permission.BOARD, Permission.VIEW_ALL], True),
        ([Permission.BOARD], False),
        ([Permission.VIEW_ALL], False),
        ([], False),
    ],
)
def test_auditors_and_whoever_sees_board_and_all_cases_look_back(
    permissions: list[Permission], may: bool
) -> None:
    role = Role(permissions=[permission.value for permission in permissions])
    assert may_look_back(User(role=role)) is may


def test_a_closed_account_looks_back_at_nothing() -> None:
    assert not may_look_back(User(is_superuser=True, is_active=False))
