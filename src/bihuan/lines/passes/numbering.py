"""Numbers of passes and places in the day's quota: taken in the transaction that issues, never twice."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.kernel.ids import check_digit
from bihuan.lines.passes import counties
from bihuan.lines.passes.models import QuotaDay, Serial

SERIAL_DIGITS = 6


def take_numbers(area: str, count: int) -> list[str]:
    """Take the next numbers of a county, the city's own when the county's million is used up.

    To be called inside a transaction: the row of the area stays locked until it ends.
    """
    for one in (area, counties.city_of(area)):
        try:
            with transaction.atomic():
                return _take(one, count)
        except IntegrityError:
            continue
    raise Refused(_("The numbers of this county are used up."), code="numbers")


def _take(area: str, count: int) -> list[str]:
    Serial.objects.get_or_create(area=area)
    Serial.objects.filter(area=area).update(last=F("last") + count)
    last = Serial.objects.get(area=area).last
    return [f"{area}{serial:0{SERIAL_DIGITS}}" for serial in range(last - count + 1, last + 1)]


def take_quota(goods: str, on: date, quota: int | None, count: int) -> int:
    """Take places in a day's quota; return how many there were, at most ``count``."""
    if quota is None:
        return count
    QuotaDay.objects.get_or_create(goods=goods, on=on, defaults={"quota": quota})
    day = QuotaDay.objects.filter(goods=goods, on=on)
    # To write first locks the row on both databases; a quota made smaller takes nothing back that was given.
    day.update(quota=Greatest(Value(quota), F("issued")))
    row = day.get()
    given = min(count, row.quota - row.issued)
    day.update(issued=F("issued") + given)
    return given


def typed_code(number: str) -> str:
    """Return what is typed where no camera reads: the number and Damm's check digit, in groups."""
    return f"{number[:6]} {number[6:]} {check_digit(number)}"
