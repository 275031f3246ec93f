"""Moving a pass along its table of moves: one conditional update decides who was first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden
from bihuan.lines.passes.models import Pass, Remark
from bihuan.lines.passes.states import ENDED, MOVES
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import is_own
from bihuan.spine.audit.actions import ASKER, Actor, record

REMARK_LIMIT = 1000


def check_may(by: User | Actor, pass_: Pass, verb: str) -> None:
    """Refuse whose role or office has no hand in this pass."""
    move = MOVES[verb]
    if isinstance(by, Actor):
        if by is ASKER and not move.is_applicants:
            raise Forbidden(_("Only the office does that."))
        return
    if move.permission is None or not by.may(move.permission) or not is_in_hand(by, pass_):
        raise Forbidden(_("Your role does not allow this."))


def is_in_hand(by: User, pass_: Pass) -> bool:
    """Say whether this pass lies at a desk of this person's."""
    return by.may(Permission.PASS_DESK) or is_own(by, pass_.agency)


def move(
    *, pass_: Pass, verb: str, by: User | Actor, only_if: Mapping[str, Any] | None = None, words: str = "",
    detail: Mapping[str, Any] | None = None, **fields: Any,
) -> Pass:  # fmt: skip
    """Move a pass; refuses whoever may not, and tells who comes second how it stands. To be called in a transaction."""
    check_may(by, pass_, verb)
    rule, now = MOVES[verb], clock.now()
    fields |= {"status": rule.target} | ({"ended_at": now} if rule.target in ENDED else {})
    rows: QuerySet[Pass] = Pass.objects.filter(pk=pass_.pk, status__in=rule.sources, **(only_if or {}))
    if not rows.update(**fields):
        raise _too_late(pass_)
    if words:
        say(pass_, verb, by, words, now)
    record(by=by, verb=f"pass_{verb}", subject=pass_, agency_id=pass_.agency_id, detail=detail or {})
    return Pass.objects.select_related("agency").get(pk=pass_.pk)


def say(pass_: Pass, verb: str, by: User | Actor, words: str, at: datetime) -> None:
    """Keep the words of a move."""
    author = by if isinstance(by, User) else None
    Remark.objects.create(about=pass_, verb=verb, by=author, text=words.strip()[:REMARK_LIMIT], at=at)


def _too_late(pass_: Pass) -> Conflict:
    fresh = Pass.objects.get(pk=pass_.pk)
    message = _("Somebody was first: this pass is “%(status)s” now.") % {"status": fresh.get_status_display()}
    return Conflict(message, code=fresh.status)
