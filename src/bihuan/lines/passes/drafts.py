"""What somebody applies for, checked and sealed; the same for the form, for files and for programs."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import keyed_hash, normal_phone, seal
from bihuan.lines.passes import counties
from bihuan.lines.passes.kinds import Applicant, Goods, Unit
from bihuan.lines.passes.plates import check_plate, check_trailer

LONGEST = {
    "sender": 120, "receiver": 120, "carrier": 120, "contact": 40, "goods_name": 80, "origin_name": 60,
    "destination_name": 60, "note": 1000,
}  # fmt: skip
MOST_CREW = 4
MOST_WAY_POINTS = 12
MOST = 10_000_000
AHEAD = timedelta(days=7)
LATE_START = timedelta(hours=1)
"""A beginning that lies so far back is taken for now: whoever fills in a form needs time."""
_is_identity = re.compile(r"\d{17}[\dX]").fullmatch
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Member:
    """One of the crew."""

    name: str
    identity: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Draft:
    """An application as it was said; personal data are sealed only when it is written."""

    applicant: str
    contact: str
    phone: str
    plate: str
    plate_colour: str
    goods: str
    goods_name: str
    quantity: Decimal
    unit: str
    origin_code: str
    destination_code: str
    valid_from: datetime
    valid_until: datetime
    crew: tuple[Member, ...]
    sender: str = ""
    receiver: str = ""
    carrier: str = ""
    is_articulated: bool = False
    trailer_plate: str = ""
    origin_name: str = ""
    destination_name: str = ""
    way_points: tuple[str, ...] = ()
    is_closed_loop: bool = False
    note: str = ""

    def columns(self) -> dict[str, Any]:
        """Return the columns of the row, personal data sealed; refuses what can't be, naming the field."""
        self._check_texts()
        plate, colour = check_plate(self.plate, self.plate_colour)
        phone = normal_phone(self.phone)
        valid_from, valid_until = self._validity()
        return {
            **self._choices(), **self._route(), "plate": plate, "plate_colour": colour,
            "sender": self.sender.strip(), "receiver": self.receiver.strip(), "carrier": self.carrier.strip(),
            "trailer_plate": check_trailer(self.trailer_plate),
            "is_articulated": self.is_articulated or bool(self.trailer_plate.strip()),
            "contact_sealed": seal(self.contact.strip()), "phone_sealed": seal(phone),
            "phone_hash": keyed_hash(phone), "crew_sealed": seal(self._crew()), "crew_count": len(self.crew),
            "goods_name": self.goods_name.strip(), "quantity": self._quantity(), "valid_from": valid_from,
            "valid_until": valid_until, "is_closed_loop": self.is_closed_loop, "note": self.note.strip(),
        }  # fmt: skip

    def _check_texts(self) -> None:
        for name, limit in LONGEST.items():
            _check_text(name, getattr(self, name), limit)
        if self.applicant not in Applicant.values:
            raise Refused(_("Say whether you send, receive or carry the goods."), field="applicant")
        for name in (self.applicant, "contact", "goods_name"):
            if not getattr(self, name).strip():
                raise Refused(_("This is missing."), code="empty", field=name)
        if len(self.way_points) > MOST_WAY_POINTS or any(len(one) > 60 for one in self.way_points):
            raise Refused(_("At most twelve way points, each in a few words."), field="way_points")

    def _choices(self) -> dict[str, str]:
        if self.goods not in Goods.values:
            raise Refused(_("There is no such class of goods."), field="goods")
        if self.unit not in Unit.values:
            raise Refused(_("There is no such unit."), field="unit")
        return {"applicant": self.applicant, "goods": self.goods, "unit": self.unit}

    def _quantity(self) -> Decimal:
        if not self.quantity.is_finite() or not 0 < self.quantity < MOST:
            raise Refused(_("How much is it?"), field="quantity")
        return round(self.quantity, 2) or Decimal("0.01")

    def _route(self) -> dict[str, Any]:
        route: dict[str, Any] = {"way_points": [one.strip() for one in self.way_points if one.strip()]}
        for end in ("origin", "destination"):
            code = counties.check(getattr(self, f"{end}_code"), f"{end}_code")
            route[f"{end}_code"] = code
            route[f"{end}_name"] = counties.name_of(code) or getattr(self, f"{end}_name").strip()
            if not route[f"{end}_name"]:
                raise Refused(_("This is missing."), code="empty", field=f"{end}_name")
        return route

    def _validity(self) -> tuple[datetime, datetime]:
        now = clock.now()
        start = max(self.valid_from, now) if self.valid_from > now - LATE_START else self.valid_from
        if start < now:
            raise Refused(_("This time is over."), code="past", field="valid_from")
        if start > now + AHEAD:
            raise Refused(_("At most seven days ahead."), code="ahead", field="valid_from")
        if self.valid_until <= start:
            raise Refused(_("It ends before it begins."), code="order", field="valid_until")
        return start, self.valid_until

    def _crew(self) -> str:
        if not 1 <= len(self.crew) <= MOST_CREW or not all(one.name.strip() for one in self.crew):
            raise Refused(_("Name the driver, and at most three others."), field="crew")
        return json.dumps([asdict(_checked(one)) for one in self.crew], ensure_ascii=False)


def _checked(member: Member) -> Member:
    _check_text("crew", member.name, 40)
    identity = member.identity.strip().upper()
    if len(identity) > 24 or (len(identity) == 18 and not is_identity(identity)):
        raise Refused(_("This identity number is mistyped."), code="identity", field="crew")
    return Member(member.name.strip(), identity, _phone(member.phone))


def _phone(typed: str) -> str:
    try:
        return normal_phone(typed) if typed.strip() else ""
    except Refused as refused:
        raise Refused(refused.message, code="phone", field="crew") from None


def is_identity(plain: str) -> bool:
    """Say whether the check digit of a resident identity number fits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if not _is_identity(plain):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(plain, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == plain[-1]


def _check_text(name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise Refused(_("At most %(count)d characters, please.") % {"count": limit}, code="long", field=name)
    if "\x00" in text:
        raise Refused(_("This text can't be kept."), code="nul", field=name)


def crew_of(said: Mapping[str, str]) -> tuple[Member, ...]:
    """Read the crew from flat fields: ``driver driver_identity driver_phone``, then ``second …``."""
    found = [
        Member(said.get(who, ""), said.get(f"{who}_identity", ""), said.get(f"{who}_phone", ""))
        for who in ("driver", "second")
    ]
    return tuple(one for one in found if one.name.strip() or one.identity.strip() or one.phone.strip())
