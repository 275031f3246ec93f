"""Bearer tokens for programs. The token is shown once; the database holds only its digest."""

import hashlib
import secrets
from datetime import datetime

from django.db.models import Q

from bihuan.kernel.clock import now
from bihuan.spine.accounts.models import Token, User

PREFIX = "bihuan_"  # lets scanners of leaked secrets know one when they see it


def issue(user: User, name: str, expires_at: datetime | None = None) -> str:
    """Make a token for a member of staff and return it; it can't be read again."""
    token = PREFIX + secrets.token_urlsafe(32)
    Token.objects.create(user=user, name=name, digest=_digest(token), created_at=now(), expires_at=expires_at)
    return token


def user_of(token: str) -> User | None:
    """Return whose token this is; None when unknown, run out, revoked, or the account is closed."""
    unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=now())
    found = (
        Token.objects.filter(unexpired, digest=_digest(token), revoked_at__isnull=True, user__is_active=True)
        .select_related("user__role", "user__agency")
        .first()
    )
    return found.user if found else None


def revoke(token: Token) -> bool:
    """End a token; say whether it was still good."""
    return bool(Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now()))


def _digest(token: str) -> str:
    # A token carries 256 random bits, so a plain hash can't be guessed; no slow hash is needed.
    return hashlib.sha256(token.encode()).hexdigest()
