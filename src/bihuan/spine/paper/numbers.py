"""Reserving numbers for forms, and making void what will not come back."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock, ids
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.models import Service
from bihuan.spine.door.models import Submission
from bihuan.spine.paper.models import Block, Number, State
from bihuan.spine.places.models import District, Site

MOST = 500
DRAWS = 8
Draw = Callable[[], str]


@transaction.atomic
def reserve(
    *,
    by: User,
    count: int,
    district: District | None = None,
    site: Site | None = None,
    agency: Agency | None = None,
    service: Service | None = None,
    draw: Draw = ids.new_printed,
) -> Block:
    """Reserve numbers that no other form and no other door can ever have; refuses more than ``MOST`` at once."""
    check_may(by)
    if not 1 <= count <= MOST:
        message = _("From 1 to %(most)d forms at once, please.") % {"most": MOST}
        raise Refused(message, code="count", field="count")
    block = Block.objects.create(
        district=district, site=site, agency=agency, service=service, count=count,
        reserved_by=by, reserved_at=clock.now(),
    )  # fmt: skip
    _fill(block, draw)
    where = {"district": district, "site": site, "service": service}
    detail = {"count": count} | {name: one.pk for name, one in where.items() if one}
    record(by=by, verb="paper_reserve", subject=block, agency_id=agency.pk if agency else None, detail=detail)
    return block


def check_may(by: User) -> None:
    """Refuse whoever may not enter asks."""
    if not by.may(Permission.ENTER):
        raise Forbidden(_("Your role does not allow entering asks."))


def _fill(block: Block, draw: Draw) -> None:
    """Give each form its number. The unique constraint decides; what another form has is drawn anew."""
    missing = set(range(1, block.count + 1))
    for _draw in range(DRAWS):
        drawn = _free({draw() for _serial in missing})
        rows = [
            Number(block=block, serial=serial, number=one)
            for serial, one in zip(missing, drawn, strict=False)
        ]
        Number.objects.bulk_create(rows, ignore_conflicts=True)
        missing -= set(block.numbers.values_list("serial", flat=True))
        if not missing:
            return
    raise Refused(_("No free numbers could be drawn. Please try again."), code="numbers")


def _free(drawn: set[str]) -> Iterable[str]:
    # A city that ran before numbers were set apart for paper may have given some of them away.
    taken = Submission.objects.filter(receipt__in=drawn).values_list("receipt", flat=True)
    return drawn - set(taken)


@transaction.atomic
def make_void(*, by: User, block: Block, number: str = "") -> int:
    """Make one form void, or all of a block that were not entered; return how many. Refuses an entered one."""
    check_may(by)
    waiting = block.numbers.filter(state=State.PRINTED)
    count = (waiting.filter(number=number) if number else waiting).update(state=State.VOID)
    if number and not count:
        raise Conflict(_("This form was entered or made void already."))
    if count:
        record(
            by=by, verb="paper_void", subject=block, agency_id=block.agency_id,
            detail={"count": count, "receipt": number} if number else {"count": count},
        )  # fmt: skip
    return count
