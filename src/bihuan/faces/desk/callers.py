"""What the operator's form shows of whoever calls: the open Cases, what they said last, what a line knows."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.functional import Promise

from bihuan.faces.desk.numbers import read_number
from bihuan.faces.desk.telephone import LANGUAGES, EnterForm
from bihuan.kernel.private import unseal
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.reading import Masked, masked
from bihuan.spine.cases.registry import CallerNote, registry
from bihuan.spine.cases.rights import is_visible
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.calls.reading import client_id_of, last_ask
from bihuan.spine.messages.models import Call


@dataclass(frozen=True)
class Caller:
    """A call, and what is known of who makes it. Nothing in the clear that is personal."""

    call: Call
    cases: list[Case]
    last: Submission | None
    noted: list[CallerNote]
    may_show: bool

    @property
    def known(self) -> Masked | None:
        return masked(self.last) if self.last else None

    @property
    def notes(self) -> list[Promise]:
        return [note.words for note in self.noted]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(note.code for note in self.noted)

    @property
    def initial(self) -> dict[str, str]:
        """What the form begins with: the place and the language of the last ask, and the call's own number."""
        begin = {"client_id": client_id_of(self.call)}
        if self.last is None:
            return begin
        spoken = self.last.language.lower()
        language = next((code for code, _name in LANGUAGES if spoken and code.startswith(spoken[:2])), "")
        return begin | {"site": self.last.site} | ({"language": language} if language else {})


def spoken(form: EnterForm, caller: Caller) -> dict[str, Any]:
    """Return what goes to the door for a call: its number where no other was given, and what stays as last time."""
    said, last = form.payload, caller.last
    if caller.call.phone:
        said = {"phone": caller.call.phone} | said
    if last is not None and form.cleaned_data["as_before"]:
        before = {"name": unseal(last.name_sealed), "door": unseal(last.door_sealed)}
        said = {name: value for name, value in before.items() if value} | said
    return said


def call_of(number: str) -> Call | None:
    """Return the call that an address names; none where it names none."""
    if not number:
        return None
    call = Call.objects.filter(pk=read_number(number) or 0).first()
    if call is None:
        raise Http404
    return call


def caller_of(call: Call, user: User) -> Caller:
    """Gather what an operator may know of a caller."""
    may_show = user.may(Permission.REVEAL)
    if call.phone_hash is None:
        return Caller(call, [], None, [], may_show)
    hashed = bytes(call.phone_hash)
    cases = [case for case in queries.twins_of_phone(call.phone) if is_visible(user, case)]
    noted = [note for note in registry.caller_notes.values() if note.holds(hashed)]
    return Caller(call, cases, last_ask(call), noted, may_show)
