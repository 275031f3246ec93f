"""Taking in what the exchange says of calls. Its reports may come twice, late, or in another order than it went."""

import re
from dataclasses import dataclass
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import keyed_hash, normal_phone, seal
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.messages.calls.models import Call, CallState, Extension

ID_LIMIT = 64
SAME_CALL_S = 1800
# What comes before each state: a report moves a call on, never back.
BEFORE = {
    CallState.RINGING: (),
    CallState.ANSWERED: (CallState.RINGING,),
    CallState.ENDED: (CallState.RINGING, CallState.ANSWERED),
}
VERBS = {CallState.RINGING: "call_rang", CallState.ANSWERED: "call_answered", CallState.ENDED: "call_ended"}
_ADDRESS = re.compile(r"<([^<>]{1,120})>")
_SCHEME = re.compile(r"^(?:sips?|tel):", re.IGNORECASE)
_IS_EXTENSION = re.compile(r"[0-9A-Za-z*#._-]{0,16}").fullmatch


@dataclass(frozen=True)
class Report:
    """What is said of a call: its number at the exchange, the caller as it came, the extension, the state."""

    call_id: str
    caller: str = ""
    extension: str = ""
    state: CallState = CallState.RINGING


def caller_of(said: str) -> str:
    """Return a caller's number in E.164 form; empty for one that is withheld, internal or no telephone number.

    Takes what exchanges write: digits, ``tel:``, ``sip:…@host``, and any of them behind a name in ``<>``.
    """
    inner = _ADDRESS.search(said[:200])
    plain = _SCHEME.sub("", (inner[1] if inner else said[:200]).strip()).partition("@")[0].partition(";")[0]
    if not re.search(r"\d", plain) or re.search(r"[A-Za-z]", plain):
        return ""
    try:
        return normal_phone(plain)
    except Refused:
        return ""


@transaction.atomic
def hear(said: Report) -> Call:
    """Keep what the exchange reports; the first report of a call makes it, a later one moves it on.

    Raises
    ------
    Refused
        when the call has no number of its own, or the extension can't be one.
    """
    call_id = said.call_id.strip()
    if not call_id or len(call_id) > ID_LIMIT or not call_id.isprintable():
        raise Refused(_("A call needs its number at the exchange."), code="call", field="call_id")
    if not _IS_EXTENSION(said.extension):
        raise Refused(_("This can't be an extension."), code="extension", field="extension")
    call, is_new = _made(call_id, said)
    if is_new or _moved(call, said):
        record(by=SYSTEM, verb=VERBS[said.state], subject=call)
        call.refresh_from_db()
    return call


def _made(call_id: str, said: Report) -> tuple[Call, bool]:
    now, phone = clock.now(), caller_of(said.caller)
    known = {
        "phone_sealed": seal(phone) if phone else None, "phone_hash": keyed_hash(phone) if phone else None,
        "extension": said.extension, "state": said.state, "rang_at": now, **_moment(said.state),
    }  # fmt: skip
    try:
        with transaction.atomic():
            return Call.objects.create(call_id=call_id, **known), True
    except IntegrityError:
        return Call.objects.get(call_id=call_id), False


def _moved(call: Call, said: Report) -> bool:
    """Move a call on and to whoever answers it; what is older than what is known changes nothing."""
    more = {"extension": said.extension} if said.extension else {}
    waiting = Call.objects.filter(pk=call.pk, state__in=BEFORE[said.state])
    return bool(waiting.update(state=said.state, **more, **_moment(said.state)))


def _moment(state: CallState) -> dict[str, object]:
    return {} if state == CallState.RINGING else {f"{state.value}_at": clock.now()}


def pop(*, by: User, caller: str, call_id: str = "", extension: str = "") -> Call:
    """Find or make the call for which an operator's telephone opened the form.

    A softphone that names no call means the latest one of this number of the last half hour that still runs and of
    which no ask was taken.
    """
    if call_id.strip():
        return hear(Report(call_id, caller, extension, CallState.RINGING))
    phone = caller_of(caller)
    if phone:
        since = clock.now() - clock.lasting(SAME_CALL_S)
        same = Call.objects.filter(phone_hash=keyed_hash(phone), rang_at__gte=since, receipt="")
        if found := same.exclude(state=CallState.ENDED).order_by("-id").first():
            return found
    number = extension or extension_of(by)
    return hear(Report(f"pop-{uuid4().hex}", caller, number, CallState.ANSWERED))


@transaction.atomic
def sit(*, by: User, number: str) -> None:
    """Keep at which extension a person sits, in the place of whoever sat there before; empty: at none."""
    plain = number.strip()
    if not _IS_EXTENSION(plain):
        raise Refused(_("This can't be an extension."), code="extension", field="extension")
    Extension.objects.filter(person=by).delete()
    if plain:
        Extension.objects.update_or_create(number=plain, defaults={"person": by})
    record(by=by, verb="call_seat", subject=by, detail={"extension": plain})


def extension_of(person: User) -> str:
    """Return the extension at which a person sits; empty for none."""
    return Extension.objects.filter(person=person).values_list("number", flat=True).first() or ""
