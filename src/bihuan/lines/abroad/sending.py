"""Posting a Case to an agency's server, and finding out whether it is there when the answer was unclear.

The protocol has no key for a repeated ask. So before anything is sent it is written down that it is being sent; what
was under way when a worker died, timed out, or was answered with an error of the server's may be there, and is looked
for by our mark among their requests. What isn't found is not sent again but shown to a person, unless the link says
that the same ask twice is one ask there.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.lines.abroad import wire
from bihuan.lines.abroad.composing import ask_of, mark_of, update_of
from bihuan.lines.abroad.models import Handing, Link, Mapping, Saying, State
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.wording import CHINESE

WAITS_S = (5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""How long after each try: three days and more in all."""
LOOKS_S = (20, 120, 600)
"""After how long an unclear ask is looked for: a server may show it late."""
SLACK = timedelta(minutes=10)
ERROR = 300


def wait_s(attempts: int) -> float | None:
    """Return how long to wait after so many tries; nothing when it is enough."""
    return WAITS_S[attempts - 1] if attempts <= len(WAITS_S) else None


def write(handing: Handing, **fields: object) -> bool:
    """Change a Handing if it still is as it was looked at; a person may have decided meanwhile."""
    mine = Handing.objects.filter(pk=handing.pk, state=handing.state, attempts=handing.attempts)
    changed = mine.update(**fields)
    for name, value in fields.items():
        setattr(handing, name, value)
    return bool(changed)


def send(handing: Handing) -> None:
    """Post what waits, unless the Case has gone elsewhere."""
    mapping = Mapping.objects.filter(link=handing.link_id, service=handing.case.service_id).first()
    if mapping is None or not _is_still_theirs(handing):
        write(handing, state=State.OVER, due_at=None)
        return
    now = clock.now()
    first = handing.sent_at or now
    # Written before it is sent: whoever dies between leaves an ask that may be there.
    if not write(
        handing, state=State.SENDING, attempts=handing.attempts + 1, sent_at=first, due_at=now, error=""
    ):
        return
    try:
        taken = wire.post(handing.link, ask_of(handing, mapping))
    except wire.Away as away:
        _put_off(handing, away)
    except wire.Refusal as refusal:
        hand_back(handing, str(refusal))
    except wire.Unclear as unclear:
        become_unclear(handing, str(unclear))
    else:
        _take(handing, taken)


def _is_still_theirs(handing: Handing) -> bool:
    case = handing.case
    is_there = case.agency_id == handing.link.agency_id and case.handed_at == handing.handed_at
    return is_there and case.status == Status.WAITING


@transaction.atomic
def _take(handing: Handing, taken: wire.Taken) -> None:
    is_mine = write(
        handing, state=State.TAKEN if taken.number else State.TOKEN, number=taken.number[:100],
        token=taken.token[:100], attempts=0, due_at=None if taken.number else clock.now(), error="",
    )  # fmt: skip
    if is_mine:
        told(handing, "abroad_sent", person=handing.link.sends_person)


@transaction.atomic
def take_number(handing: Handing, number: str) -> bool:
    """Keep the number that an ask has there."""
    done = write(handing, state=State.TAKEN, number=number[:100], attempts=0, due_at=None, error="")
    if done:
        told(handing, "abroad_number")
    return done


def told(handing: Handing, verb: str, **detail: object) -> None:
    """Leave an Event of what happened between the servers."""
    case = handing.case
    record(
        by=SYSTEM, verb=verb, subject=handing, case_id=case.pk, agency_id=case.agency_id,
        detail={"status": case.status, **detail},
    )  # fmt: skip


def _put_off(handing: Handing, away: wire.Away) -> None:
    """Try later, over days; what is in the way is shown beside the Case on the link's page."""
    wait = wait_s(handing.attempts)
    if wait is None:
        hand_back(handing, str(away))
        return
    due = clock.now() + clock.lasting(max(wait, away.wait_s))
    write(handing, state=State.WAITING, due_at=due, error=str(away)[:ERROR])


@transaction.atomic
def hand_back(handing: Handing, why: str) -> None:
    """Give the Case back to the people who sort, with the reason that the server gave."""
    if not write(handing, state=State.REFUSED, due_at=None, error=why[:ERROR]):
        return
    told(handing, "abroad_refused")
    with translation.override(CHINESE):
        reason = _("The agency's server did not take it: %(why)s") % {"why": why[:ERROR]}
    give_back(handing, reason)


def give_back(handing: Handing, reason: str) -> None:
    """Return the Case to triage with a reason; where it can't be returned any more, leave it as a note."""
    case = handing.case
    case.refresh_from_db()
    try:
        with transaction.atomic():
            actions.return_to_triage(case=case, by=SYSTEM, reason=reason)
    except Refused:
        actions.note(case=case, by=SYSTEM, text=reason)


# --- When there is no knowing ---------------------------------------------------------------------------------


def become_unclear(handing: Handing, why: str) -> None:
    """Keep that it may be there. Where the same ask twice is one, it just goes out again."""
    wait = wait_s(handing.attempts)
    if handing.link.is_repeatable and wait is not None:
        write(handing, state=State.WAITING, due_at=clock.now() + clock.lasting(wait), error=why[:ERROR])
    else:
        due = clock.now() + clock.lasting(LOOKS_S[0])
        write(handing, state=State.UNCLEAR, attempts=0, due_at=due, error=why[:ERROR])


def look(handing: Handing) -> None:
    """Look for an unclear ask among theirs; after the last look a person is told."""
    mapping = Mapping.objects.filter(link=handing.link_id, service=handing.case.service_id).first()
    started: datetime = handing.sent_at or handing.created_at
    found: list[wire.Known] = []
    if mapping:
        try:
            found = wire.since(handing.link, mapping.code, started - SLACK)
        except (wire.Away, wire.Refusal) as error:
            note_failure(handing.link, str(error))
    mark = mark_of(handing)
    number = next((one.number for one in found if mark in one.description), "")
    if number:
        take_number(handing, number)
    elif handing.attempts + 1 < len(LOOKS_S):
        due = clock.now() + clock.lasting(LOOKS_S[handing.attempts + 1])
        write(handing, attempts=handing.attempts + 1, due_at=due)
    else:
        _ask_a_person(handing)


@transaction.atomic
def _ask_a_person(handing: Handing) -> None:
    if write(handing, attempts=handing.attempts + 1, due_at=None):
        with translation.override(CHINESE):
            text = _("It is unclear whether the agency's server has this case. Ask there, then decide.")
        actions.note(case=handing.case, by=SYSTEM, text=text)


# --- What happens here, said there ----------------------------------------------------------------------------


def say(saying: Saying) -> None:
    """Post one step of ours. The id is the same at each try, so that it is one there."""
    handing, event = saying.handing, Event.objects.get(pk=saying.event_id)
    now = clock.now()
    Saying.objects.filter(pk=saying.pk).update(attempts=saying.attempts + 1)
    try:
        wire.say(handing.link, update_of(handing, event))
    except (wire.Away, wire.Unclear) as error:
        wait = wait_s(saying.attempts + 1)
        note_failure(handing.link, str(error))
        if wait is not None:
            Saying.objects.filter(pk=saying.pk).update(due_at=now + clock.lasting(wait))
            return
        _end(saying, str(error))
    except wire.Refusal as refusal:
        # Refused at a later try it may be there since an earlier one: that is as good as taken.
        _end(saying, "" if saying.attempts else str(refusal))
    else:
        _end(saying, "")


@transaction.atomic
def _end(saying: Saying, why: str) -> None:
    Saying.objects.filter(pk=saying.pk).update(ended_at=clock.now(), is_taken=not why)
    if why:
        with translation.override(CHINESE):
            text = _("The agency's server was not told of this: %(why)s") % {"why": why[:ERROR]}
        actions.note(case=saying.handing.case, by=SYSTEM, text=text)


def note_failure(link: Link, why: str) -> None:
    """Keep what last went wrong with a server."""
    now = clock.now()
    Link.objects.filter(pk=link.pk, failing_since__isnull=True).update(failing_since=now)
    Link.objects.filter(pk=link.pk).update(error=why[:200])
