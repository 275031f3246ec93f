"""Starting a drill: a test message to each person on each channel, all or none."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.kernel.private import keyed_hash
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.audit.actions import record
from bihuan.spine.messages import actions, inbox
from bihuan.spine.messages.channels.choosing import Channel, switched_on
from bihuan.spine.messages.drills.contacts import addresses_of, reached_on
from bihuan.spine.messages.models import Called, Drill, DrillMessage, Message

CITY = "/"
LEAST_MIN, MOST_MIN = 1, 240
MOST_PEOPLE = 1000
TEMPLATE = "drill"
CODES = 1_000_000


@dataclass(frozen=True)
class OnDuty:
    """Somebody on the duty list: for which agency, on which duty, and the language they read."""

    person: User
    agency: Agency
    duty: str
    language: str


@transaction.atomic
def start(
    *, by: User, scope: str, people: Sequence[OnDuty], channels: Sequence[str], window_min: int
) -> Drill:
    """Write to each person on each channel on which they can be reached.

    Raises
    ------
    Refused
        when nobody is on duty, no channel is chosen, one is not switched on, or the window is none.
    Conflict
        when a drill runs in this scope; it says whose.
    """
    ways = _check(people, channels, window_min)
    drill = _made(by, scope, [way.name for way in ways], window_min)
    called = Called.objects.bulk_create(_called(drill, people))
    sent = _write(drill, list(zip(called, people, strict=True)), ways)
    detail = {"channels": drill.channels, "window_min": window_min, "called": len(called), "messages": sent}
    record(by=by, verb="drill_started", subject=drill, detail=detail)
    return drill


def _check(people: Sequence[OnDuty], channels: Sequence[str], window_min: int) -> list[Channel]:
    ways = [way for way in switched_on() if way.name in channels]
    if not channels or len(ways) != len(set(channels)):
        raise Refused(_("Choose channels that are switched on."), code="channels", field="channels")
    if not LEAST_MIN <= window_min <= MOST_MIN:
        words = _("The window is between %(least)d and %(most)d minutes.")
        raise Refused(words % {"least": LEAST_MIN, "most": MOST_MIN}, code="window", field="window_min")
    if not people:
        raise Refused(_("Nobody is on duty there now."), code="nobody", field="agency")
    if len(people) > MOST_PEOPLE:
        raise Refused(_("Too many are on duty; drill one agency at a time."), code="many", field="agency")
    return ways


def _made(by: User, scope: str, channels: list[str], window_min: int) -> Drill:
    now = clock.now()
    try:
        with transaction.atomic():
            return Drill.objects.create(
                scope=scope, channels=channels, window_min=window_min, started_by=by, started_at=now,
                until_at=now + timedelta(minutes=window_min),
            )  # fmt: skip
    except IntegrityError:
        other = Drill.objects.select_related("started_by").filter(scope=scope, closed_at__isnull=True).first()
        words = _("A drill runs here already, started by %(who)s.") % {
            "who": other.started_by if other else "?"
        }
        raise Conflict(words, code="running") from None


def _called(drill: Drill, people: Sequence[OnDuty]) -> list[Called]:
    drawn: set[str] = set()
    while len(drawn) < len(people):
        drawn.add(f"{secrets.randbelow(CODES):06d}")
    return [
        Called(drill=drill, person=one.person, agency=one.agency, duty=one.duty, code=code)
        for one, code in zip(people, drawn, strict=True)
    ]


def _write(drill: Drill, called: list[tuple[Called, OnDuty]], ways: list[Channel]) -> int:
    """Put the messages into the outbox; return how many."""
    known = addresses_of(one.person for _called, one in called)
    made: list[tuple[DrillMessage, Message]] = []
    for each, person in called:
        for way in ways:
            address = reached_on(way, known[person.person.pk])
            if address is not None and (pair := _drafted(drill, each, person, way, address)):
                made.append(pair)
    actions.send_many(message for _row, message in made)
    for row, message in made:
        row.message = message
    DrillMessage.objects.bulk_create([row for row, _message in made], batch_size=500)
    return len(made)


def _drafted(
    drill: Drill, called: Called, person: OnDuty, way: Channel, address: str
) -> tuple[DrillMessage, Message] | None:
    token = secrets.token_urlsafe(24)
    message = actions.draft(
        template=TEMPLATE,
        language=person.language,
        to_channel=way.name,
        address=address,
        # What is read at the desk stands among one's notices.
        about=inbox.about(person.person) if way.is_immediate else "",
        case_id=None,
        context={
            "number": called.code,
            "words": f"{localtime(drill.until_at):%H:%M}",
            "url": f"{settings.BIHUAN_SITE_URL}/desk/drills/{drill.pk}/",
        },
        link=f"{settings.BIHUAN_SITE_URL}/d/{token}/",
        by=way,
    )
    if message is None:
        return None
    row = DrillMessage(called=called, channel=way.name, digest=digest_of(token))
    row.address_hash = keyed_hash(address) if address else None
    return row, message


def digest_of(token: str) -> str:
    """Return by what a token is found; it carries 192 random bits, so that a plain hash can't be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
