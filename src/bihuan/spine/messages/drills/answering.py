"""Answers to a drill: by the link, by the code written back, at the desk. The first one of each person counts."""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.private import keyed_hash
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.messages.drills.starting import digest_of
from bihuan.spine.messages.models import Called, Drill, DrillMessage

LATEST = timedelta(days=2)
_CODES = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
MOST_CODES = 10
SCREEN = "screen"
# The way in by which words come for each way out.
WAYS_IN = {"smtp": "mail"}


def by_token(token: str) -> DrillMessage | None:
    """Return the message whose link this is; None for none."""
    found = DrillMessage.objects.select_related("called__drill", "called__person")
    return found.filter(digest=digest_of(token)).first() if len(token) < 100 else None


def heard(channel: str, address: str, text: str) -> str | None:
    """Take words from an address as the answer to a drill, and say so; None where they are about something else.

    They have to hold the code that went to this very address: what a resident writes is never taken for one.
    """
    codes = _CODES.findall(text[:2000])[:MOST_CODES]
    if not codes:
        return None
    since = clock.now() - LATEST
    found = DrillMessage.objects.select_related("called__drill", "called__person", "message").filter(
        address_hash=keyed_hash(address), called__code__in=codes, called__drill__started_at__gte=since
    )
    rows = sorted(found, key=lambda row: (WAYS_IN.get(row.channel, row.channel) != channel, -row.pk))
    if not rows:
        return None
    with translation.override(rows[0].message.language):
        return words_of(answer(rows[0]))


def at_desk(drill: Drill, person: User) -> Called | None:
    """Take a person's click at the desk as their answer; None where they were not called."""
    row = DrillMessage.objects.select_related("called__drill", "called__person").filter(
        called__drill=drill, called__person=person
    )
    found = row.filter(channel=SCREEN).first()
    if found is not None:
        return answer(found)
    called = Called.objects.select_related("drill", "person").filter(drill=drill, person=person).first()
    return _first(called, SCREEN, clock.now()) if called else None


@transaction.atomic
def answer(row: DrillMessage) -> Called:
    """Keep that a message was answered; again or late changes nothing that counts."""
    now = clock.now()
    DrillMessage.objects.filter(pk=row.pk, answered_at__isnull=True).update(answered_at=now)
    return _first(row.called, row.channel, now)


@transaction.atomic
def _first(called: Called, channel: str, now: datetime) -> Called:
    """Keep a person's first answer and leave one Event; two at once are one."""
    waiting = Called.objects.filter(pk=called.pk, answered_at__isnull=True)
    if waiting.update(answered_at=now, answered_on=channel):
        detail = {"channel": channel, "is_late": now > called.drill.until_at}
        record(by=called.person, verb="drill_answered", subject=called.drill, detail=detail)
    return Called.objects.select_related("drill", "person").get(pk=called.pk)


def words_of(called: Called) -> str:
    """Say to whoever answered that it counts, or came too late."""
    if called.answered_at and called.answered_at <= called.drill.until_at:
        return _("DRILL: thank you, your answer counts.")
    return _("DRILL: thank you. The window was over; your answer is kept as late.")
