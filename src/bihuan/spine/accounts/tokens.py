"""Bearer tokens for programs. The token is shown once; the database holds only its digest."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q

from bihuan.kernel.clock import now
from bihuan.spine.accounts.models import Scope, Token, User

PREFIX = "bihuan_"  # lets scanners of leaked secrets know one when they see it


def issue(
    user: User, name: str, expires_at: datetime | None = None, scopes: Iterable[str] = tuple(Scope)
) -> str:
    """Make a token for a member of staff and return it; it can't be read again."""
    token = PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(
        user=user, agency=user.agency, name=name, scopes=[Scope(scope).value for scope in scopes],
        digest=_digest(token), created_at=now(), expires_at=expires_at,
    )  # fmt: skip
    return token


def token_of(text: str) -> Token | None:
    """Return a token that is good now.

    None when unknown, run out or revoked, when the account is closed, and when its holder has left the agency.
    """
    unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=now())
    at_home = Q(agency__isnull=True) | Q(agency=F("user__agency"))
    good = Token.objects.filter(unexpired, at_home, revoked_at__isnull=True, user__is_active=True)
    return good.filter(digest=_digest(text)).select_related("user__role", "user__agency").first()


def user_of(text: str, scope: Scope | None = None) -> User | None:
    """Return whose token this is; None when it is not good, or does not reach so far."""
    found = token_of(text)
    return found.user if found and found.opens(scope) else None


def revoke(token: Token) -> bool:
    """End a token; say whether it was still good."""
    return bool(Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now()))


def _digest(token: str) -> str:
    # A token carries 256 random bits, so a plain hash can't be guessed; no slow hash is needed.
    return hashlib.sha256(token.encode()).hexdigest()
