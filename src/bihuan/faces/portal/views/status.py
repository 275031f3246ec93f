"""The receipt: its card, how the ask stands, and what its holder may do."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bihuan.faces.parts import qr_square
from bihuan.faces.portal import receipts
from bihuan.faces.portal.acting import ACTS, act_as_asker
from bihuan.faces.portal.queries import list_screen_messages
from bihuan.faces.portal.receipts import Held, access_receipt, service_of
from bihuan.faces.portal.said import answers_in_words
from bihuan.faces.portal.standing import standing_of
from bihuan.faces.portal.visiting import FACES
from bihuan.kernel.errors import Refused
from bihuan.kernel.ids import plain_receipt
from bihuan.spine.paper.queries import is_waiting


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Go to what a receipt stands for, or say what is wrong with it."""
    typed = request.GET.get("receipt", "")[:40]
    if not typed:
        return render(request, "portal/find.html")
    if is_waiting(typed):
        return redirect("portal:paper", plain_receipt(typed))
    try:
        return redirect("portal:receipt", receipts.check_receipt(request, typed))
    except Refused as refused:
        context = {"typed_receipt": typed, "wrong": refused.message}
        return render(
            request, "portal/find.html", context, status=404 if refused.status == 422 else refused.status
        )


@require_safe
@never_cache
def card(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show the receipt itself: the number, the square, the address; made for paper."""
    held = access_receipt(request, receipt)
    address = request.build_absolute_uri(reverse("portal:receipt", args=[receipt]))
    return render(
        request, "portal/card.html", {"held": held, "address": address, "square": qr_square(address)}
    )


@require_safe
@never_cache
def status(request: HttpRequest, receipt: str) -> HttpResponse:
    return _page(request, access_receipt(request, receipt))


@require_safe
@never_cache
def live(request: HttpRequest, receipt: str) -> HttpResponse:
    """Send the part that changes, if it changed since ``seen``."""
    context = _context(access_receipt(request, receipt))
    if request.GET.get("seen") == context["standing"].stamp:
        return HttpResponse(status=204)
    return render(request, "portal/_standing.html", context)


@require_POST
def prove(request: HttpRequest, receipt: str) -> HttpResponse:
    """Take the last digits of the telephone; for this visit the page then shows everything."""
    held = access_receipt(request, receipt)
    try:
        receipts.prove(request, receipt, request.POST.get("digits", ""))
    except Refused as refused:
        return _page(request, held, refusal=refused, refused_verb="prove")
    return redirect("portal:receipt", receipt)


@require_POST
def act(request: HttpRequest, receipt: str, verb: str) -> HttpResponse:
    """Do what the asker says: answer, add something, confirm, reopen, withdraw, rate."""
    held = access_receipt(request, receipt)
    if verb not in ACTS or held.asker is None:
        raise Http404
    typed = request.POST.get("text", "")
    try:
        act_as_asker(held, verb, typed)
    except Refused as refused:
        fresh = access_receipt(request, receipt)
        return _page(request, fresh, refusal=refused, refused_verb=verb, typed=typed)
    return redirect("portal:receipt", receipt)


def _page(request: HttpRequest, held: Held, refusal: Refused | None = None, **more: Any) -> HttpResponse:
    context = {**_context(held), "refusal": refusal, **more}
    return render(request, "portal/status.html", context, status=refusal.status if refusal else 200)


def _context(held: Held) -> dict[str, Any]:
    messages = list_screen_messages(held.submission.receipt) if held.is_proven else []
    service = service_of(held)
    return {
        "held": held,
        "receipt": held.submission.receipt,
        "service": service,
        "answers": answers_in_words(service, held.submission),
        "standing": standing_of(held),
        "sent": messages,
        "faces": FACES,
    }
