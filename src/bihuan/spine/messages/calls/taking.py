"""What an operator does with a call: opens it, shows its number, takes an ask down from it."""

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Conflict
from bihuan.kernel.ids import format_receipt
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.calls.models import Call


def opened(*, call: Call, by: User, known: tuple[str, ...] = ()) -> None:
    """Leave an Event that somebody was shown who calls; ``known`` are codes of what they were told of the caller."""
    record(by=by, verb="call_opened", subject=call, detail={"known": list(known)})


@transaction.atomic
def settle(*, call: Call, receipt: str, text: str, case_id: int, by: User) -> None:
    """Keep which ask came of a call.

    The door answers the same call with the receipt of its first ask. What a second operator wrote would then be lost
    unseen, and is refused instead.

    Raises
    ------
    Conflict
        when the receipt holds other words than those sent.
    """
    kept = Submission.objects.only("text").get(receipt=receipt)
    is_first = Call.objects.filter(pk=call.pk, receipt="").update(receipt=receipt)
    if kept.text.strip() != text.strip():
        raise Conflict(taken_words(receipt), code="call_taken")
    if is_first or call.receipt != receipt:
        record(by=by, verb="call_taken", subject=call, detail={"case": case_id})


def taken_words(receipt: str) -> str:
    """Say that an ask was taken down from a call, and which."""
    told = _("An ask was taken down from this call already: receipt %(receipt)s.")
    return told % {"receipt": format_receipt(receipt)}
