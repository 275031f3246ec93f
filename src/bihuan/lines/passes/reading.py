"""Personal data of a pass: masked for everyone, opened one field at a time with a purpose and an Event."""

import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.kernel.private import mask_name, mask_phone, unseal
from bihuan.lines.passes.drafts import Member
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.moves import is_in_hand
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record

FIELDS = {
    "contact": gettext_lazy("Contact person"),
    "phone": gettext_lazy("Telephone"),
    "crew": gettext_lazy("Crew"),
}


class Purpose(TextChoices):
    """What personal data may be read for."""

    REVIEW = "review", gettext_lazy("to review the application")
    CALL = "call", gettext_lazy("to call the applicant")
    TRIP = "trip", gettext_lazy("to follow a trip")
    OTHER = "other", gettext_lazy("for another duty")


@dataclass(frozen=True)
class Field:
    """One personal field, as a screen may show it."""

    name: str
    label: str
    masked: str
    shown: str = ""


def crew_of(pass_: Pass) -> list[Member]:
    """Return the crew in the clear: for the pass itself, which its holder shows; never for lists."""
    text = unseal(pass_.crew_sealed)
    return [Member(**one) for one in json.loads(text)] if text else []


def masked_crew(pass_: Pass) -> str:
    """Return the crew by their first characters."""
    return "、".join(mask_name(one.name) for one in crew_of(pass_))


def fields_of(pass_: Pass) -> list[Field]:
    """Return the personal fields, masked."""
    masked = {
        "contact": mask_name(unseal(pass_.contact_sealed)),
        "phone": mask_phone(unseal(pass_.phone_sealed)),
        "crew": masked_crew(pass_),
    }
    return [Field(name, str(FIELDS[name]), text) for name, text in masked.items() if text]


@transaction.atomic
def reveal(*, pass_: Pass, field: str, purpose: str, by: User) -> str:
    """Open one personal field; refuses without a purpose, and leaves an Event that names it."""
    if field not in FIELDS:
        raise Refused(_("There is no such field."), code="field", field="field")
    if purpose not in Purpose.values:
        raise Refused(_("Say what you need it for."), code="purpose", field="purpose")
    if not by.may(Permission.REVEAL) or not is_in_hand(by, pass_):
        raise Forbidden(_("Your role does not allow reading personal data."))
    detail = {"field": field, "purpose": purpose}
    record(by=by, verb="reveal", subject=pass_, agency_id=pass_.agency_id, detail=detail)
    if field == "crew":
        return "\n".join(" ".join(filter(None, (m.name, m.identity, m.phone))) for m in crew_of(pass_))
    return unseal(pass_.contact_sealed if field == "contact" else pass_.phone_sealed)
