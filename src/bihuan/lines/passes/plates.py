"""Chinese number plates (GA 36-2018): ordinary, new-energy, special and armed-police ones, in one plain form.

A pass of an articulated lorry is for its tractor: a plate that ends in 挂 belongs to what is drawn.
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.lines.passes.kinds import Colour

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SIGN = "A-HJ-NP-Z0-9"
_OFFICE = f"[{PROVINCES}][A-HJ-Z]"
_SMALL_NEW = re.compile(rf"{_OFFICE}[A-HJK][{_SIGN}]\d{{4}}").fullmatch
_LARGE_NEW = re.compile(rf"{_OFFICE}\d{{5}}[A-HJK]").fullmatch
_ORDINARY = re.compile(rf"{_OFFICE}(?=(?:.*\d){{2}})[{_SIGN}]{{5}}").fullmatch
_SPECIAL = re.compile(
    rf"{_OFFICE}[{_SIGN}]{{4}}[警学港澳领试超]|\d{{6}}使|WJ[{PROVINCES}]?\d{{4}}[{_SIGN}]"
).fullmatch
_TRAILER = re.compile(rf"{_OFFICE}[{_SIGN}]{{4}}挂").fullmatch
_OTHER = re.compile(r"[^0-9A-Z\u4e00-\u9fff]")


def plain_plate(typed: str) -> str:
    """Return what was typed without gaps, wide signs made plain, letters large."""
    return _OTHER.sub("", unicodedata.normalize("NFKC", typed).upper())


def check_plate(typed: str, colour: str) -> tuple[str, str]:
    """Return the plain plate of a vehicle that drives itself, and its colour; refuses what can be no such plate."""
    plate = plain_plate(typed)
    if _TRAILER(plate):
        raise Refused(_("This plate is the trailer's. Give the tractor's."), code="trailer", field="plate")
    if found := colour_of(plate):
        return plate, found
    if not (_ORDINARY(plate) or _SPECIAL(plate)):
        raise Refused(_("This is not a number plate, as 湘B12345."), code="plate", field="plate")
    if colour not in (Colour.BLUE, Colour.YELLOW, Colour.WHITE, Colour.BLACK):
        raise Refused(_("Say which colour the plate is."), code="colour", field="plate_colour")
    return plate, colour


def colour_of(plate: str) -> str:
    """Return the colour that the form of a plate tells: only new-energy plates do."""
    if _SMALL_NEW(plate):
        return Colour.GREEN
    return Colour.YELLOW_GREEN if _LARGE_NEW(plate) else ""


def check_trailer(typed: str) -> str:
    """Return the plain plate of a trailer; refuses what can be none. Nothing stays nothing."""
    plate = plain_plate(typed)
    if plate and not _TRAILER(plate):
        raise Refused(
            _("This is not a trailer's plate, as 湘B1234挂."), code="trailer", field="trailer_plate"
        )
    return plate
