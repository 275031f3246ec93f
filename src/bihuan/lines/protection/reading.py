"""Personal data of people in care: masked for everyone, opened one field at a time with a purpose and an Event."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.kernel.private import mask_name, mask_phone, unseal
from bihuan.lines.protection.actions import check_own
from bihuan.lines.protection.models import Person
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import draft, record_many

FIELDS = {
    "name": gettext_lazy("Name"),
    "phone": gettext_lazy("Telephone"),
    "door": gettext_lazy("Door number"),
    "note": gettext_lazy("Notes on need"),
    "kin_name": gettext_lazy("Next of kin"),
    "kin_phone": gettext_lazy("Telephone of next of kin"),
}
ON_ROUND = ("name", "phone", "door", "note", "kin_phone")
"""What somebody who goes from door to door has to know."""


class Purpose(TextChoices):
    """What personal data may be read for."""

    CHECK = "check", gettext_lazy("to check on the person")
    FETCH = "fetch", gettext_lazy("to bring something")
    KIN = "kin", gettext_lazy("to reach next of kin")
    CORRECT = "correct", gettext_lazy("to correct the entry")
    OTHER = "other", gettext_lazy("for another duty")


@dataclass(frozen=True)
class Field:
    """One personal field of one person, as a screen may show it."""

    name: str
    label: str
    masked: str
    shown: str = ""


def name_of(person: Person) -> str:
    """Return the name masked, for lists."""
    return mask_name(unseal(person.name_sealed)) or "—"


def fields_of(person: Person) -> list[Field]:
    """Return the personal fields that hold something, masked."""
    return [Field(name, str(FIELDS[name]), _masked(name, person)) for name in FIELDS if _value(person, name)]


def _value(person: Person, name: str) -> str:
    return unseal(getattr(person, f"{name}_sealed"))


def _masked(name: str, person: Person) -> str:
    text = _value(person, name)
    if name.endswith("phone"):
        return mask_phone(text)
    return mask_name(text) if name.endswith("name") else "••••"


@transaction.atomic
def reveal(*, person: Person, field: str, purpose: str, by: User) -> str:
    """Open one personal field; refuses without a purpose, and leaves an Event that names it."""
    if field not in FIELDS:
        raise Refused(_("There is no such field."), code="field", field="field")
    _read([person], [field], purpose, by)
    return _value(person, field)


@transaction.atomic
def reveal_round(*, people: Sequence[Person], purpose: str, by: User) -> list[dict[str, str]]:
    """Open what a round needs of many people at once; each reading is an Event of its own."""
    _read(people, ON_ROUND, purpose, by)
    return [{name: _value(person, name) for name in ON_ROUND} for person in people]


@transaction.atomic
def reveal_doors(*, people: Sequence[Person], by: User) -> list[str]:
    """Open building and door of many people, for a list on paper; each reading is an Event of its own."""
    _read(people, ["door"], Purpose.CHECK, by)
    return [f"{person.building} {_value(person, 'door')}".strip() for person in people]


def _read(people: Sequence[Person], fields: Sequence[str], purpose: str, by: User) -> None:
    if purpose not in Purpose.values:
        raise Refused(_("Say what you need it for."), code="purpose", field="purpose")
    if not by.may(Permission.REVEAL):
        raise Forbidden(_("Your role does not allow reading personal data."))
    for person in people:
        check_own(by, person)
    record_many(
        draft(
            by=by, verb="reveal", subject=person, agency_id=person.agency_id,
            detail={"field": ",".join(fields), "purpose": purpose},
        )
        for person in people
    )  # fmt: skip
