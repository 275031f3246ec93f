"""Reading personal data: masked for everyone, opened with a purpose and an Event."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.kernel.private import mask_name, mask_phone, unseal
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import draft, record, record_many
from bihuan.spine.cases.models import Asker
from bihuan.spine.cases.rights import is_visible
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.models import Call

FIELDS = {"name": "name_sealed", "phone": "phone_sealed", "door": "door_sealed"}


class Purpose(TextChoices):
    """What personal data may be read for. A list, not free words: an Event outlives what it tells of."""

    CALL_BACK = "call_back", gettext_lazy("to call the asker back")
    VISIT = "visit", gettext_lazy("to visit the asker")
    HAND_OVER = "hand_over", gettext_lazy("to hand it to the team that goes")
    TWIN = "twin", gettext_lazy("to check for a twin")
    OTHER = "other", gettext_lazy("for another duty")


@dataclass(frozen=True)
class Masked:
    """An asker's personal data as a screen may show it."""

    name: str
    phone: str
    has_door: bool


def masked(submission: Submission) -> Masked:
    """Return the first character of the name, the last digits of the telephone, and whether there is a door."""
    return Masked(
        name=mask_name(unseal(submission.name_sealed)),
        phone=mask_phone(unseal(submission.phone_sealed)),
        has_door=bool(submission.door_sealed),
    )


@transaction.atomic
def reveal(*, submission: Submission, field: str, purpose: str, by: User) -> str:
    """Open one personal field; refuses without a `Purpose`, and leaves an Event that names it."""
    if field not in FIELDS:
        raise Refused(_("There is no such field."), code="field", field="field")
    if purpose not in Purpose.values:
        raise Refused(_("Say what you need it for."), code="purpose", field="purpose")
    asker = Asker.objects.select_related("case__agency").filter(submission=submission).first()
    _check(by, asker)
    record(
        by=by,
        verb="reveal",
        subject=submission,
        case_id=asker.case_id if asker else None,
        agency_id=asker.case.agency_id if asker else None,
        detail={"field": field, "purpose": purpose},
    )
    return unseal(getattr(submission, FIELDS[field]))


@transaction.atomic
def reveal_call(*, call: Call, purpose: str, by: User) -> str:
    """Open a caller's number; refuses without a `Purpose`, and whoever doesn't take calls."""
    if purpose not in Purpose.values:
        raise Refused(_("Say what you need it for."), code="purpose", field="purpose")
    if not (by.may(Permission.REVEAL) and by.may(Permission.ENTER)):
        raise Forbidden(_("Your role does not allow reading personal data."))
    record(by=by, verb="reveal", subject=call, detail={"field": "phone", "purpose": purpose})
    return call.phone


@transaction.atomic
def reveal_list(
    *, askers: Sequence[Asker], fields: Sequence[str], purpose: str, by: User
) -> list[dict[str, str]]:
    """Open the same fields of many askers, for a list on paper; each asker's is an Event of its own."""
    if purpose not in Purpose.values:
        raise Refused(_("Say what you need it for."), code="purpose", field="purpose")
    for asker in askers:
        _check(by, asker)
    record_many(
        draft(
            by=by, verb="reveal", subject=asker.submission, case_id=asker.case_id,
            agency_id=asker.case.agency_id, detail={"field": ",".join(fields), "purpose": purpose},
        )
        for asker in askers
    )  # fmt: skip
    return [{name: unseal(getattr(asker.submission, FIELDS[name])) for name in fields} for asker in askers]


def _check(by: User, asker: Asker | None) -> None:
    if not by.may(Permission.REVEAL):
        raise Forbidden(_("Your role does not allow reading personal data."))
    unsorted = asker is None and by.may(Permission.TRIAGE)
    if not unsorted and (asker is None or not is_visible(by, asker.case)):
        raise Forbidden(_("This case is not in your office's hands."))
