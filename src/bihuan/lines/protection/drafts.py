"""What is taken down of a person, checked and sealed; the same for the form, for files and for programs."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.kernel.private import keyed_hash, normal_phone, seal
from bihuan.lines.protection.kinds import Consent, Kind, pack
from bihuan.lines.protection.models import MOST_HOURS
from bihuan.spine.accounts.models import Agency
from bihuan.spine.places.models import Site

LONGEST = {"name": 80, "phone": 40, "door": 80, "kin_name": 80, "kin_phone": 40, "note": 1000, "building": 20}


@dataclass(frozen=True)
class Draft:
    """A person before being listed. Texts as they were said; sealed only when written."""

    name: str
    site: Site
    agency: Agency
    kinds: tuple[str, ...]
    consent: str
    phone: str = ""
    door: str = ""
    building: str = ""
    note: str = ""
    kin_name: str = ""
    kin_phone: str = ""
    every_h: int = 24
    from_h: int = 8
    until_h: int = 20
    grace_min: int = 60
    dialysis_days: str = ""
    dialysis_h: int = 8
    birth_due_on: date | None = None
    is_phone_shared: bool = field(default=False, compare=False)

    def check(self) -> None:
        """Refuse what can't be listed, naming the field."""
        for name, limit in LONGEST.items():
            _check_text(name, getattr(self, name), limit)
        if not self.name.strip():
            raise Refused(_("Whom is it about?"), code="empty", field="name")
        if not self.kinds or any(kind not in Kind.values for kind in self.kinds):
            raise Refused(_("Say why the person needs care."), code="kinds", field="kinds")
        if self.consent not in Consent.values:
            raise Refused(_("Say on what ground the data are kept."), code="consent", field="consent")
        self._check_rota()

    def _check_rota(self) -> None:
        if not 1 <= self.every_h <= MOST_HOURS:
            message = _("From 1 to %(hours)d hours.") % {"hours": MOST_HOURS}
            raise Refused(message, code="every_h", field="every_h")
        if not 0 <= self.from_h < self.until_h <= 24:
            message = _("The hours of the day begin before they end, from 0 to 24.")
            raise Refused(message, code="hours", field="until_h")
        if not 0 <= self.grace_min <= 1440 or not 0 <= self.dialysis_h <= 23:
            raise Refused(_("This number is out of range."), code="range", field="grace_min")
        if set(self.dialysis_days) - set("0123456"):
            raise Refused(_("Days of the week go from 0 (Monday) to 6."), code="days", field="dialysis_days")

    def columns(self) -> dict[str, Any]:
        """Return the columns of the row, personal data sealed."""
        phone = normal_phone(self.phone) if self.phone.strip() else ""
        kin_phone = _kin_phone(self.kin_phone)
        return {
            "kinds": pack(list(self.kinds)), "site": self.site, "agency": self.agency, "consent": self.consent,
            "name_sealed": _sealed(self.name), "phone_sealed": _sealed(phone),
            "phone_hash": keyed_hash(phone) if phone else None, "door_sealed": _sealed(self.door),
            "note_sealed": _sealed(self.note), "kin_name_sealed": _sealed(self.kin_name),
            "kin_phone_sealed": _sealed(kin_phone), "same_hash": self.same_hash(),
            "building": self.building.strip(), "every_h": self.every_h, "from_h": self.from_h,
            "until_h": self.until_h, "grace_min": self.grace_min, "birth_due_on": self.birth_due_on,
            "dialysis_days": "".join(sorted(set(self.dialysis_days))), "dialysis_h": self.dialysis_h,
        }  # fmt: skip

    def same_hash(self) -> bytes:
        """Return by what one person is known again: name, site and door, however they are spaced."""
        return keyed_hash("|".join((str(self.site.pk), _plain(self.building + self.door), _plain(self.name))))


def _check_text(name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise Refused(_("At most %(count)d characters, please.") % {"count": limit}, code="long", field=name)
    if "\x00" in text:
        raise Refused(_("This text can't be kept."), code="nul", field=name)


def _kin_phone(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return normal_phone(typed)
    except Refused as refused:
        raise Refused(refused.message, code="phone", field="kin_phone") from None


def _sealed(text: str) -> bytes | None:
    return seal(text.strip()) if text.strip() else None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
