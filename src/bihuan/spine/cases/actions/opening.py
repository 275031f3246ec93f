"""Cases that people open by hand: a child Case for another agency, and the operator's form."""

from collections.abc import Mapping
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.cases import changes
from bihuan.spine.cases.actions.step import Step, begin, said
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.cases.promises import clocks
from bihuan.spine.cases.rights import Who
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.triage import triage_one
from bihuan.spine.door.models import Submission
from bihuan.spine.door.submit import submit

SUMMARY_LIMIT = 200
ENTERED_CHANNEL = "phone"
PLACE = ("place", "district", "site", "lon", "lat", "cell", "zone_state")


@transaction.atomic
def add_child(*, case: Case, service: Service, agency: Agency, text: str, by: Who) -> Case:
    """Open a Case for another agency's share of the work; the parent can't be resolved before it is."""
    step = begin(case, "child", by)
    if not (agency.is_active and service.is_active):
        raise Refused(_("This agency or service takes no cases any more."), code="agency", field="agency")
    child = _born(step, service, agency, said(text, "text"))
    step.write(detail={"child": child.pk})
    changes.opened(child, by, {"parent": step.case.pk}).save(force_insert=True)
    return child


def _born(step: Step, service: Service, agency: Agency, text: str) -> Case:
    parent = step.case
    child = Case(
        parent=parent,
        service=service,
        agency=agency,
        status=Status.WAITING,
        priority=parent.priority,
        channel=parent.channel,
        is_self_raised=True,
        summary=text[:SUMMARY_LIMIT],
        opened_at=step.now,
        changed_at=step.now,
        **{name: getattr(parent, name) for name in PLACE},
    )
    for name, value in clocks.start(child, step.now).items():
        setattr(child, name, value)
    child.save(force_insert=True)
    return child


def enter(
    *,
    by: User,
    payload: Mapping[str, object],
    photo: BinaryIO | None = None,
    suggested: int | None = None,
) -> tuple[str, Case]:
    """Take down an ask for somebody on the telephone and sort it at once; give the receipt and the Case.

    The Submission is durable before it is sorted, so this is not to be called inside a transaction.
    """
    if not by.may(Permission.ENTER):
        raise Forbidden(_("Your role does not allow entering asks."))
    received = submit({"channel": ENTERED_CHANNEL, **payload}, photo)
    submission = Submission.objects.get(receipt=received.receipt)
    case = triage_one(submission)
    if received.is_new:
        detail = {} if suggested is None else {"suggested": suggested}
        record(
            by=by, verb="enter", subject=submission, case_id=case.pk, agency_id=case.agency_id, detail=detail
        )
    return received.receipt, case
