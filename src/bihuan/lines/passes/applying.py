"""Applying: a row of its own for each vehicle and route, answered by a receipt once it is durable."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.kernel.ids import new_receipt
from bihuan.kernel.private import keyed_hash, normal_phone
from bihuan.lines.passes import desks
from bihuan.lines.passes.drafts import Draft
from bihuan.lines.passes.kinds import Channel
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.moves import move
from bihuan.lines.passes.states import LIVE, Status
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import ASKER, SYSTEM, Actor, record

VEHICLE_ON_ROUTE = ("plate", "plate_colour", "origin_code", "destination_code")
LONGEST_ID = 64


@transaction.atomic
def apply(
    *, draft: Draft, client_id: str, by: User | None = None, channel: str = Channel.PORTAL, language: str = "",
    **more: Any,
) -> Pass:  # fmt: skip
    """Take in an application; the same ``client_id`` gets the same row, a vehicle that has a live pass is refused."""
    if not 8 <= len(client_id) <= LONGEST_ID:
        raise Refused(_("The form has no id of its own; load it again."), code="client_id", field="client_id")
    if known := _known(client_id, draft):
        return known
    columns = draft.columns()
    desk = desks.desk_of(draft.goods)
    desks.check_rules(desk, columns)
    columns |= desks.waiting_at(desk) | {"applied_at": clock.now(), "entered_by": by, "channel": channel}
    columns |= {"client_id": client_id, "language": language[:8], **more}
    pass_ = _write(columns, draft)
    actor: User | Actor = by or ASKER
    detail = {"goods": pass_.goods, "channel": str(channel)}
    record(by=actor, verb="pass_apply", subject=pass_, agency_id=pass_.agency_id, detail=detail)
    return pass_


def _write(columns: Mapping[str, Any], draft: Draft) -> Pass:
    for _attempt in range(2):
        try:
            with transaction.atomic():
                return Pass.objects.create(receipt=new_receipt(), **columns)
        except IntegrityError:
            if known := _known(columns["client_id"], draft):
                return known
            if not _make_room(columns):
                raise _there_is_one(columns) from None
    raise _there_is_one(columns)


def _known(client_id: str, draft: Draft) -> Pass | None:
    """Return what came by this id before; refuses an id that was somebody else's."""
    found = Pass.objects.select_related("agency").filter(client_id=client_id).first()
    if found and bytes(found.phone_hash or b"") not in (b"", _hash(draft)):
        raise Conflict(_("The form was sent for somebody else; load it again."), field="client_id")
    return found


def _hash(draft: Draft) -> bytes:
    return keyed_hash(normal_phone(draft.phone))


def _live(columns: Mapping[str, Any]) -> Pass | None:
    key = {name: columns[name] for name in VEHICLE_ON_ROUTE}
    return Pass.objects.select_related("agency").filter(status__in=LIVE, **key).first()


def _make_room(columns: Mapping[str, Any]) -> bool:
    """End a pass whose time is over, which the worker has not come to yet; say whether the way may be free now."""
    found = _live(columns)
    if found is None:
        return True
    if found.status not in (Status.ISSUED, Status.SUSPENDED) or found.valid_until > clock.now():
        return False
    move(pass_=found, verb="expire", by=SYSTEM)
    return True


def _there_is_one(columns: Mapping[str, Any]) -> Conflict:
    found = _live(columns)
    if found is None:
        return Conflict(_("Another application for this vehicle came at the same moment."), field="plate")
    message = _("This vehicle has one on this route already: “%(status)s”, receipt ending in %(end)s.")
    told = {"status": found.get_status_display(), "end": found.receipt[-4:]}
    return Conflict(message % told, code="live", field="plate")


@transaction.atomic
def answer(*, pass_: Pass, text: str, by: User | Actor = ASKER) -> Pass:
    """Answer the office's question; the clock goes on with the time that was left."""
    if not text.strip():
        raise Refused(_("Write an answer."), code="empty", field="text")
    due_at = clock.now() + timedelta(seconds=pass_.left_s or 0)
    return move(
        pass_=pass_, verb="answer", by=by, words=text, only_if={"left_s": pass_.left_s}, due_at=due_at,
        left_s=None, asked_at=None, dealt_to=None, dealt_until=None,
    )  # fmt: skip


@transaction.atomic
def withdraw(*, pass_: Pass, by: User | Actor = ASKER) -> Pass:
    """Take an application back before it is decided."""
    return move(pass_=pass_, verb="withdraw", by=by, decided_at=clock.now())
