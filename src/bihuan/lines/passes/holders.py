"""Who holds a receipt of a pass: the last four digits of the telephone, asked once a visit, open it."""

import hmac

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.kernel.ids import is_receipt, plain_receipt
from bihuan.kernel.private import unseal
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.queries import access_receipt
from bihuan.spine.accounts.adapter import client_ip
from bihuan.spine.cases.guessing import watched

SESSION_KEY = "pass_receipts"
REMEMBERED = 50
DIGITS = 4


def fetch(request: HttpRequest, receipt: str) -> Pass:
    """Return the pass of a receipt; 404 when there is none, which is counted against the address."""
    with watched("" if is_proven(request, receipt) else client_ip(request)):
        if not is_receipt(receipt):
            raise Http404
        return access_receipt(receipt)


def fetch_proven(request: HttpRequest, receipt: str) -> Pass:
    """Return the pass of a receipt to its holder; refuses whoever has not shown to hold the telephone."""
    found = fetch(request, receipt)
    if not is_proven(request, receipt):
        raise Refused(_("First type the last four digits of the telephone you gave."), code="digits")
    return found


def check_typed(request: HttpRequest, typed: str) -> str:
    """Return the plain receipt; refuses a mistyped one and one that was never given, which is counted."""
    plain = plain_receipt(typed)
    if not is_receipt(plain):
        raise Refused(_("Something is mistyped: a receipt has twelve digits and these don't fit together."))
    with watched(client_ip(request)):
        if not Pass.objects.filter(receipt=plain).exists():
            raise Refused(_("There is no such receipt."), code="unknown")
    return plain


def prove(request: HttpRequest, pass_: Pass, digits: str) -> None:
    """Check the last digits of the telephone and remember for this visit that they were right."""
    # Counted twice: against who guesses many receipts, and against the one receipt that many guess.
    with watched(client_ip(request)), watched(f"pass {pass_.receipt}"):
        right = unseal(pass_.phone_sealed)[-DIGITS:]
        if not right or not hmac.compare_digest(right.encode(), digits.strip().encode()):
            raise Refused(_("These digits do not fit."), code="mismatch", field="digits")
    remember(request, pass_.receipt)


def remember(request: HttpRequest, receipt: str) -> None:
    """Let this visit hold a receipt."""
    others = [one for one in request.session.get(SESSION_KEY, []) if one != receipt]
    request.session[SESSION_KEY] = [*others, receipt][-REMEMBERED:]


def is_proven(request: HttpRequest, receipt: str) -> bool:
    """Say whether this visit has shown a receipt to be its own."""
    return receipt in request.session.get(SESSION_KEY, [])
