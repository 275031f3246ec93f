"""The shelves on which the portal lays out the services."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bihuan.spine.cases.models import Service

# A line may bring a shelf of its own; it is then shown last, under its bare code.
HEADINGS: dict[str, Promise] = {
    "health": _("Medicine and care in hospital"),
    "supplies": _("Food and daily needs"),
    "care": _("People who can't manage alone"),
    "utilities": _("Power, water, gas"),
    "order": _("Street, rubbish, noise"),
    "voice": _("Say something"),
    "giving": _("I want to help"),
}


@dataclass(frozen=True)
class Shelf:
    """A heading and the services under it."""

    code: str
    heading: str
    services: list[Service] = field(default_factory=list)


def shelves(services: list[Service]) -> list[Shelf]:
    """Lay services out by group, in the order of the headings."""
    order = {code: place for place, code in enumerate(HEADINGS)}
    found: dict[str, Shelf] = {}
    for service in services:
        heading = str(HEADINGS.get(service.group, service.group))
        found.setdefault(service.group, Shelf(service.group, heading)).services.append(service)
    return sorted(found.values(), key=lambda shelf: order.get(shelf.code, len(order)))
