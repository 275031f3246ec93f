"""How often an address may name receipts or digits that are wrong; one count for every face and process.

A receipt's own limit (``queries.asking``) stops whoever knows a receipt; this one stops whoever tries receipts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.db.models import F
from django.http import Http404
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import keyed_hash
from bihuan.spine.cases.models import Guesser

GUESSES = 60  # a whole compound may share one address
REST = timedelta(minutes=15)
WRONG = frozenset({"mismatch", "unknown"})


class TooMany(Refused):
    """This address was wrong too often."""

    status = 429


@contextmanager
def watched(address: str | None) -> Iterator[None]:
    """Count a look-up that finds nothing against its address; refuse an address that was wrong too often.

    Without an address (a local socket) nothing can be counted.
    """
    key = _key(address) if address else ""
    if key and _rests(key):
        message = _("Too many receipts or digits were wrong. Please try again in %(minutes)d minutes.")
        raise TooMany(message % {"minutes": REST // timedelta(minutes=1)}, code="too_many")
    try:
        yield
    except (Http404, Refused) as error:
        if key and (isinstance(error, Http404) or error.code in WRONG):
            _count(key)
        raise


def _key(address: str) -> str:
    """Name an address without keeping it; whoever has one IPv6 address has a whole network of them."""
    try:
        given = ip_address(address)
    except ValueError:
        return keyed_hash(address).hex()
    net = ip_network((given, 64), strict=False) if given.version == 6 else given
    return keyed_hash(str(net)).hex()


def _rests(key: str) -> bool:
    recent = Guesser.objects.filter(key=key, since__gt=clock.now() - REST)
    return recent.filter(count__gte=GUESSES).exists()


def _count(key: str) -> None:
    now = clock.now()
    # What is over goes at the same time, so that the table never grows.
    Guesser.objects.filter(since__lte=now - REST).delete()
    Guesser.objects.get_or_create(key=key, defaults={"count": 0, "since": now})
    Guesser.objects.filter(key=key).update(count=F("count") + 1)
