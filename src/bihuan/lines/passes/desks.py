"""The desks: which office reviews a class of goods, and by which rules."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.lines.passes.kinds import Goods, Lane
from bihuan.lines.passes.models import Desk
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record

G = Goods
USUAL: dict[Goods, str] = {
    G.MEDICAL: "health", G.LIVING: "commerce", G.RESERVE: "commerce", G.POST: "transport", G.FARM: "market",
    G.ENERGY: "power", G.MATERIAL: "housing", G.INDUSTRY: "housing", G.TRADE: "commerce",
}  # fmt: skip
"""The offices of the demonstration's city; where one is missing the transport bureau takes it."""
FALLBACK = "transport"
RULES = (
    "agency", "is_express", "promise_min", "needs_second", "needs_closed_loop", "is_never_parted",
    "daily_quota", "longest_h", "stay_h",
)  # fmt: skip


def desk_of(goods: str) -> Desk:
    """Return the desk of a class of goods; refuses a class that nobody reviews."""
    desk = Desk.objects.select_related("agency").filter(goods=goods).first()
    if desk is None:
        raise Refused(_("Nobody reviews passes for these goods yet."), code="no_desk", field="goods")
    return desk


def check_rules(desk: Desk, columns: dict[str, Any]) -> None:
    """Refuse an application that the desk's rules exclude from the first."""
    lasts = columns["valid_until"] - columns["valid_from"]
    if lasts > timedelta(hours=desk.longest_h):
        message = _("At most %(hours)d hours for these goods.") % {"hours": desk.longest_h}
        raise Refused(message, code="too_long", field="valid_until")
    if desk.needs_closed_loop and not columns["is_closed_loop"]:
        message = _("These goods come in by the closed loop only; declare it.")
        raise Refused(message, code="closed_loop", field="is_closed_loop")


def waiting_at(desk: Desk) -> dict[str, Any]:
    """Return where a new application waits, and until when it is to be decided."""
    lane = Lane.EXPRESS if desk.is_express else Lane.ORDINARY
    due_at = clock.now() + timedelta(minutes=desk.promise_min)
    return {"agency": desk.agency, "lane": lane, "due_at": due_at}


@transaction.atomic
def write(*, desk: Desk, by: User) -> Desk:
    """Write a desk's rules; refuses whoever may not set them. What waits already keeps its place and its clock."""
    if not by.may(Permission.PASS_RULES):
        raise Forbidden(_("Your role does not allow this."))
    desk.save()
    detail = {name: getattr(desk, name) for name in RULES if name != "agency"}
    record(
        by=by,
        verb="pass_desk",
        subject=desk,
        agency_id=desk.agency_id,
        detail={"goods": desk.goods, **detail},
    )
    return desk


def ensure() -> int:
    """Give each class of goods that has none its usual desk; medical goods have the express lane."""
    offices = {one.code: one for one in Agency.objects.filter(code__in={*USUAL.values(), FALLBACK})}
    known = set(Desk.objects.values_list("goods", flat=True))
    made = [
        Desk(goods=goods, agency=office, is_express=goods == G.MEDICAL, needs_second=goods == G.TRADE)
        for goods, code in USUAL.items()
        if goods not in known and (office := offices.get(code) or offices.get(FALLBACK))
    ]
    return len(Desk.objects.bulk_create(made))
