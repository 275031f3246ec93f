"""For whoever holds the receipt: how it stands, the question and its answer, the pass itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.lines.passes import applying, holders, paper, queries, reading, sealing
from bihuan.lines.passes.forms import AnnounceForm
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.numbering import typed_code
from bihuan.lines.passes.states import NUMBERED, OPEN, Status


@require_safe
@never_cache
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show how an application stands."""
    return page_of(request, holders.fetch(request, receipt))


@require_POST
def prove(request: HttpRequest, receipt: str) -> HttpResponseBase:
    """Take the last digits of the telephone; for this visit the page then shows everything."""
    found = holders.fetch(request, receipt)
    try:
        holders.prove(request, found, request.POST.get("digits", ""))
    except Refused as refused:
        return page_of(request, found, refusal=refused)
    return redirect("passes:receipt", receipt)


@require_POST
def answer(request: HttpRequest, receipt: str) -> HttpResponseBase:
    """Take the applicant's answer."""
    found = holders.fetch_proven(request, receipt)
    try:
        applying.answer(pass_=found, text=request.POST.get("text", ""))
    except Refused as refused:
        return page_of(request, found, refusal=refused)
    return redirect("passes:receipt", receipt)


@require_POST
def withdraw(request: HttpRequest, receipt: str) -> HttpResponseBase:
    """Take the application back."""
    applying.withdraw(pass_=holders.fetch_proven(request, receipt))
    return redirect("passes:receipt", receipt)


def page_of(request: HttpRequest, pass_: Pass, refusal: Refused | None = None) -> HttpResponse:
    is_proven = holders.is_proven(request, pass_.receipt)
    context: dict[str, Any] = {
        "pass": pass_,
        "is_proven": is_proven,
        "is_open": pass_.status in OPEN,
        "is_valid": queries.valid_on(pass_),
        "has_paper": pass_.status == Status.ISSUED,
        "remarks": list(pass_.remarks.order_by("at", "pk")) if is_proven else [],
        "refusal": refusal,
        "may_announce": pass_.is_closed_loop and pass_.is_live,
        "trip": pass_.trips.filter(ended_at=None).first(),
        "announcing": AnnounceForm(initial={"expected_at": localtime(max(pass_.valid_from, clock.now()))}),
    }
    return render(request, "passes/receipt.html", context, status=refusal.status if refusal else 200)


@require_safe
@never_cache
def show(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show the pass itself, for the telephone on the windscreen."""
    found = _numbered(holders.fetch_proven(request, receipt))
    return render(request, "passes/pass.html", context_of(found))


@require_safe
@never_cache
def print_it(request: HttpRequest, receipt: str) -> HttpResponse:
    """Give the pass as a file for paper."""
    return as_file(_numbered(holders.fetch_proven(request, receipt)))


def _numbered(pass_: Pass) -> Pass:
    if pass_.status not in NUMBERED:
        raise Conflict(_("There is no pass yet."), code=pass_.status)
    return pass_


def context_of(pass_: Pass) -> dict[str, Any]:
    """Return what the page of a pass shows."""
    return {
        "pass": pass_,
        "code": sealing.text_of(pass_),
        "typed": typed_code(pass_.number or ""),
        "crew": [one.name for one in reading.crew_of(pass_)],
        "is_valid": queries.valid_on(pass_),
    }


def as_file(pass_: Pass) -> HttpResponse:
    """Return the printed pass as an answer."""
    answer = HttpResponse(paper.draw(pass_), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="pass-{pass_.number}.pdf"'
    return answer
