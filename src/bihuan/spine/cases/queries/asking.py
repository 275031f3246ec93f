"""How an asker without an account is known: the receipt, and the last digits of the telephone."""

import hmac
from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.ids import is_receipt, plain_receipt
from bihuan.kernel.private import unseal
from bihuan.spine.cases.models import Asker, Guess
from bihuan.spine.door.models import Submission

DIGITS = 4
GUESSES = 5
REST = timedelta(minutes=15)


class NotSorted(Refused):
    """The Submission is safe, but no Case has been opened for it yet."""


def asker_of(receipt: str, last_digits: str) -> Asker:
    """Return who holds a receipt; refuses a mistyped one, digits that don't belong to it, and endless tries."""
    submission = submission_of(receipt, last_digits)
    related = ("submission", "case__service", "case__agency", "first_case")
    asker = Asker.objects.select_related(*related).filter(submission=submission).first()
    if asker is None:
        message = _("It has arrived and will be sorted in a moment. Please look again soon.")
        raise NotSorted(message, code="not_sorted")
    return asker


def submission_of(receipt: str, last_digits: str) -> Submission:
    """Return what came in under a receipt, sorted or not; refuses as ``asker_of`` does."""
    plain = plain_receipt(receipt)
    if not is_receipt(plain):
        message = _("There is a typing error in the receipt. It has twelve digits; please compare them.")
        raise Refused(message, code="receipt", field="receipt")
    submission = Submission.objects.filter(receipt=plain).first()
    # One and the same words for all three, so that they tell a guesser nothing.
    if submission is None or not _belongs(submission, last_digits):
        raise _mismatch()
    return submission


def _belongs(submission: Submission, last_digits: str) -> bool:
    phone = unseal(submission.phone_sealed)
    # Who left no telephone is known by the receipt alone: eleven random digits.
    if not phone:
        return True
    if not _may_try(submission):
        return False
    typed = plain_receipt(last_digits).encode(errors="replace")
    if not hmac.compare_digest(phone[-DIGITS:].encode(), typed):
        return False
    Guess.objects.filter(submission=submission).delete()
    return True


def _may_try(submission: Submission) -> bool:
    """Count a try before it is judged: of many at the same time no more than the allowed ones get through."""
    now = clock.now()
    Guess.objects.get_or_create(submission=submission, defaults={"count": 0, "since": now})
    guess = Guess.objects.filter(submission=submission)
    guess.filter(since__lte=now - REST).update(count=0, since=now)
    return bool(guess.filter(count__lt=GUESSES).update(count=F("count") + 1))


def _mismatch() -> Refused:
    message = _(
        "This receipt and these last four digits of the telephone do not belong together. "
        "After %(count)d wrong tries a receipt rests for %(minutes)d minutes."
    ) % {"count": GUESSES, "minutes": REST // timedelta(minutes=1)}
    return Refused(message, code="mismatch", field="digits")
