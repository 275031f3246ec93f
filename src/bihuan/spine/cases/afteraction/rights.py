"""Who may look back over a period: auditors, and who sees the board and all Cases."""

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission


def may_look_back(user: User) -> bool:
    """Say whether a person may read timelines and reports."""
    return user.may(Permission.AUDIT) or (user.may(Permission.BOARD) and user.may(Permission.VIEW_ALL))
