"""Which service requests are asked for: the filters of the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bihuan.faces.open311 import dates
from bihuan.faces.open311.answers import Wrong
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.queries.public import public_cases

SPAN = timedelta(days=90)
MOST = 1000
PAGE = 50
STATUSES = ("open", "closed")
LARGEST_ID = 2**63 - 1
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Span:
    """From when until when; either may be left open."""

    start: datetime | None
    end: datetime | None


def listed(said: Mapping[str, str], now: datetime) -> list[Case]:
    """Return the requests that an address asks for, newest first; an argument without a value counts as left out."""
    if numbers := said.get("service_request_id"):
        return list(by_numbers(numbers))
    found = public_cases().filter(_narrowed(said, span_of(said, now)))
    first, last = _page_of(said)
    return list(found.order_by("-opened_at", "-id")[first:last])


def by_numbers(text: str) -> QuerySet[Case]:
    """Return requests by their ids; what is no id of ours finds nothing."""
    words = [word.strip() for word in text.split(",")[:MOST]]
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 20]
    return public_cases().filter(pk__in=[one for one in numbers if one <= LARGEST_ID]).order_by("-id")


def _narrowed(said: Mapping[str, str], span: Span) -> Q:
    found = Q(opened_at__gte=span.start, opened_at__lte=span.end)
    if codes := _words(said.get("service_code", "")):
        found &= Q(service__code__in=codes)
    if statuses := set(_words(said.get("status", "").lower())):
        if unknown := statuses - set(STATUSES):
            message = _("%(word)s is no status; there are open and closed.")
            raise Wrong(400, message % {"word": min(unknown)})
        if len(statuses) == 1:
            found &= Q(is_open=statuses == {"open"})
    return found & _changed(said)


def _changed(said: Mapping[str, str]) -> Q:
    """Narrow to what changed in a span: an extension that monitors use to read on from where they were."""
    found = Q()
    if after := said.get("updated_after"):
        found &= Q(changed_at__gt=dates.read(after, "updated_after"))
    if before := said.get("updated_before"):
        found &= Q(changed_at__lt=dates.read(before, "updated_before"))
    return found


def span_of(said: Mapping[str, str], now: datetime) -> Span:
    """Read from when until when; refuses more than the standard's 90 days."""
    start, end = (
        dates.read(said[name], name) if said.get(name) else None for name in ("start_date", "end_date")
    )
    if start and end and end - start > SPAN:
        raise Wrong(
            400, _("start_date and end_date may be %(days)d days apart at most.") % {"days": SPAN.days}
        )
    if start:
        return Span(start, end or start + SPAN)
    end = end or now
    return Span(end - SPAN, end)


def _page_of(said: Mapping[str, str]) -> tuple[int, int]:
    """Return the first row and the one after the last; without a page, as many as one answer may hold."""
    if not (said.get("page") or said.get("page_size")):
        return 0, MOST
    size = _number(said, "page_size", PAGE, MOST)
    page = _number(said, "page", 1, LAST_PAGE)
    return (page - 1) * size, page * size


def _number(said: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = said.get(name) or str(default)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= number <= most:
        raise Wrong(400, _("%(name)s is a number from 1 to %(most)d.") % {"name": name, "most": most})
    return number


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
