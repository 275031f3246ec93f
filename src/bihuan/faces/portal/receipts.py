"""Who holds a receipt, and how much of its Case that opens.

The receipt alone tells where the ask stands. What people wrote, photos and every act also need the last
digits of the telephone, asked once a visit; where no telephone was given the receipt is the whole key.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.kernel.ids import is_receipt, plain_receipt
from bihuan.spine.accounts.adapter import client_ip
from bihuan.spine.cases import queries as cases
from bihuan.spine.cases.guessing import watched
from bihuan.spine.cases.models import Asker, Service
from bihuan.spine.door.models import Submission

SESSION_KEY = "receipts"
REMEMBERED = 20


@dataclass(frozen=True)
class Held:
    """What a receipt opens in this visit. ``asker`` is None until triage has opened the Case."""

    submission: Submission
    asker: Asker | None
    is_proven: bool


def access_receipt(request: HttpRequest, receipt: str) -> Held:
    """Fetch what a receipt stands for; 404 when there is no such receipt, which is counted."""
    # Who has shown it before may go on, whatever others do from the same address.
    address = "" if receipt in proven_receipts(request) else client_ip(request)
    with watched(address):
        submission = Submission.objects.filter(receipt=receipt).first() if is_receipt(receipt) else None
        if submission is None:
            raise Http404
    related = ("case__service", "case__agency", "first_case")
    asker = Asker.objects.select_related(*related).filter(submission=submission).first()
    is_proven = not submission.phone_sealed or receipt in proven_receipts(request)
    return Held(submission, asker, is_proven)


def service_of(held: Held) -> Service | None:
    """Return the service as triage sees it, before that as the asker chose it."""
    if held.asker is not None:
        return held.asker.case.service
    return Service.objects.filter(code=held.submission.service).first()


def check_receipt(request: HttpRequest, typed: str) -> str:
    """Return the plain receipt; refuses a mistyped one and one that was never given, which is counted."""
    plain = plain_receipt(typed)
    if not is_receipt(plain):
        raise Refused(_("Something is mistyped: a receipt has twelve digits and these don't fit together."))
    with watched(client_ip(request)):
        if not Submission.objects.filter(receipt=plain).exists():
            message = _("There is no such receipt. Compare every digit with what you wrote down.")
            raise Refused(message, code="unknown")
    return plain


def prove(request: HttpRequest, receipt: str, digits: str) -> None:
    """Check the last digits of the telephone and remember for this visit that they were right."""
    with watched(client_ip(request)):
        cases.submission_of(receipt, digits)
    remember(request, receipt)


def remember(request: HttpRequest, receipt: str) -> None:
    """Let this visit hold a receipt; the digits themselves are not kept."""
    others = [other for other in proven_receipts(request) if other != receipt]
    request.session[SESSION_KEY] = [*others, receipt][-REMEMBERED:]


def proven_receipts(request: HttpRequest) -> list[str]:
    """List the receipts that this visit has shown to be its own."""
    return list(request.session.get(SESSION_KEY, []))
