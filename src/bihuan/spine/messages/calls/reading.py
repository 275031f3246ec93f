"""What is known of calls: those that concern an operator now, and what the caller said before."""

from django.db.models import Q

from bihuan.kernel import clock
from bihuan.kernel.private import keyed_hash
from bihuan.spine.accounts.models import User
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.calls.hearing import extension_of
from bihuan.spine.messages.calls.models import Call, CallState, Extension

RINGS_S = 300  # an exchange that lost its end of a call would let it ring for ever
TALKS_S = 7200
SHOWN = 8


def list_running(person: User, *, but: int = 0, limit: int = SHOWN) -> list[Call]:
    """Return the calls at a person's extension, and those at extensions where nobody sits, newest first.

    ``but`` is the number of a call that this person has before them already.
    """
    now = clock.now()
    ringing = Q(state=CallState.RINGING, rang_at__gte=now - clock.lasting(RINGS_S))
    talking = Q(state=CallState.ANSWERED, rang_at__gte=now - clock.lasting(TALKS_S))
    taken = Extension.objects.exclude(person=person).values("number")
    found = Call.objects.filter(ringing | talking, receipt="").exclude(extension__in=taken).exclude(pk=but)
    mine = extension_of(person)
    # Who has said where they sit is not shown what others may be talking about.
    if mine:
        found = found.filter(Q(extension=mine) | ringing)
    return list(found.order_by("-id")[:limit])


def client_id_of(call: Call) -> str:
    """Return the number under which the door knows the ask of a call: the same call can't make two."""
    return f"call-{keyed_hash(f'call:{call.call_id}').hex()}"


def last_ask(call: Call) -> Submission | None:
    """Return what this caller asked for last, if anything is known of them."""
    if call.phone_hash is None:
        return None
    return Submission.objects.filter(phone_hash=bytes(call.phone_hash)).order_by("-id").first()
