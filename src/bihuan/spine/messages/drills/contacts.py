"""Where staff can be reached: their e-mail, and the telephones and accounts that they wrote down themselves."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.kernel.private import keyed_hash, normal_phone, seal
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.messages.channels.choosing import ALL, Channel
from bihuan.spine.messages.models import Contact

MOST = 5
LIMIT = 120
SCREEN = "screen"
ANY = ("screen", "file")  # reach whatever is written, so that they prove nothing of an address


@transaction.atomic
def add(*, by: User, said: str) -> Contact:
    """Keep an address of one's own: a telephone, or an account of a channel such as ``wechat:…``."""
    address = _plain(said.strip()[:LIMIT])
    if Contact.objects.filter(person=by).count() >= MOST:
        raise Refused(_("That is as many as can be kept. Take one away first."), code="many", field="address")
    known = {"address_sealed": seal(address), "address_hash": keyed_hash(address), "added_at": clock.now()}
    try:
        with transaction.atomic():
            contact = Contact.objects.create(person=by, **known)
    except IntegrityError:
        raise Conflict(_("You wrote this down already."), code="again", field="address") from None
    record(by=by, verb="contact_added", subject=contact)
    return contact


def _plain(said: str) -> str:
    try:
        return normal_phone(said)
    except Refused:
        ways = [way for name, way in ALL.items() if name not in ANY]
        if said and "\x00" not in said and any(way.reaches(said) for way in ways):
            return said
    raise Refused(
        _("This is neither a telephone nor an account of a channel."), code="address", field="address"
    )


@transaction.atomic
def remove(*, by: User, number: int) -> None:
    """Take an address of one's own away; one that is gone already is gone."""
    if Contact.objects.filter(person=by, pk=number).delete()[0]:
        record(by=by, verb="contact_removed", subject=("contact", number))


def addresses_of(people: Iterable[User]) -> dict[int, list[str]]:
    """Return, by the number of a person, every address that is known of them, their e-mail first."""
    known: dict[int, list[str]] = defaultdict(list)
    for person in people:
        known[person.pk] = [person.email] if person.email else []
    rows = Contact.objects.filter(person__in=list(known), address_sealed__isnull=False).order_by("id")
    for contact in rows:
        known[contact.person_id].append(contact.address)
    return known


def reached_on(channel: Channel, addresses: list[str]) -> str | None:
    """Return the first address that a channel reaches, empty for the desk's own screen; None where none is."""
    if channel.name == SCREEN:
        return ""
    return next((one for one in addresses if channel.reaches(one)), None)
