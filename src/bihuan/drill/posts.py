"""Who at the desks plays a deed: the demonstration's accounts, found by role and by the tree of agencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Account:
    """A member of staff with a bearer token."""

    username: str
    role: str
    agency: str
    name: str
    token: str


class Posts:
    """The accounts, and which agency stands above which."""

    def __init__(self, accounts: Iterable[dict[str, Any]], agencies: Iterable[dict[str, Any]]) -> None:
        self.accounts = [
            Account(a["username"], a["role"], a["agency"], a["display_name"], a["token"]) for a in accounts
        ]
        self.parents: dict[str, str | None] = {row["code"]: row["parent"] for row in agencies}

    def find(self, role: str, agency: str) -> Account | None:
        """Return who holds a role at an agency or, where nobody does, at the nearest one above it."""
        at: str | None = agency
        while at:
            for account in self.accounts:
                if account.role == role and account.agency == at:
                    return account
            at = self.parents.get(at)
        return None

    def for_deed(self, who: str, agency: str) -> Account | None:
        """Return who does a deed on a Case that belongs to ``agency``; the operators sit at the hotline."""
        return self.find("operator", "hotline") if who == "operator" else self.find(who, agency)
