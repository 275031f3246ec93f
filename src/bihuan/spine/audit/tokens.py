"""Tokens given out and taken back, each with its Event; the secret itself stands in none."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bihuan.kernel.clock import now
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.models import Scope, Token, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.accounts.tokens import issue, revoke
from bihuan.spine.audit.actions import Actor, record

LONGEST_DAYS = 731


def may_keep(person: User) -> bool:
    """Say whether somebody gives out tokens: administrators for everybody, supervisors for their agency."""
    return person.may(Permission.STAFF) or (
        person.may(Permission.STEER) and person.may(Permission.VIEW_OWN) and person.agency is not None
    )


def holders_for(person: User) -> QuerySet[User]:
    """Return for whom somebody may give out a token: never for who may do more than they themselves."""
    active = (
        User.objects.filter(is_active=True).select_related("agency", "role").order_by("agency__path", "id")
    )
    if person.may(Permission.STAFF):
        return active if person.is_superuser else active.filter(is_superuser=False)
    if not may_keep(person):
        return active.none()
    own = active.filter(agency__in=own_agencies(person), is_superuser=False)
    return own.filter(pk__in=[each.pk for each in own if _is_within(each, person)])


def tokens_for(person: User) -> QuerySet[Token]:
    """Return the tokens that somebody sees and may take back, the newest first."""
    rows = Token.objects.select_related("user", "agency").order_by("-id")
    if person.may(Permission.STAFF):
        return rows
    return rows.filter(agency__in=own_agencies(person)) if may_keep(person) else rows.none()


@transaction.atomic
def give_out(
    *, by: User | Actor, holder: User, name: str, scopes: Iterable[str], days: int
) -> tuple[Token, str]:
    """Make a token and return it with its secret, which is told this once; refuses more than one may give."""
    scopes = list(scopes)
    if isinstance(by, User) and not holders_for(by).filter(pk=holder.pk).exists():
        raise Forbidden(_("You may not give out a token for this person."))
    if not scopes or set(scopes) - set(Scope.values):
        raise Refused(_("Say what the token opens."), code="scopes", field="scopes")
    if not 1 <= days <= LONGEST_DAYS:
        words = _("A token is good for 1 to %(days)d days.") % {"days": LONGEST_DAYS}
        raise Refused(words, code="days", field="days")
    secret = issue(holder, name, now() + timedelta(days=days), scopes)
    token = Token.objects.filter(user=holder).latest("id")
    detail = {"token": token.pk, "name": name, "scopes": scopes, "days": days}
    record(by=by, verb="issue_token", subject=holder, agency_id=holder.agency_id, detail=detail)
    return token, secret


@transaction.atomic
def take_back(*, by: User | Actor, token: Token) -> bool:
    """End a token; say whether it was still good."""
    if isinstance(by, User) and not tokens_for(by).filter(pk=token.pk).exists():
        raise Forbidden(_("You may not take this token back."))
    if not revoke(token):
        return False
    record(by=by, verb="revoke", subject=token, agency_id=token.agency_id)
    return True


def _is_within(one: User, other: User) -> bool:
    return all(other.may(permission) for permission in Permission if one.may(permission))
