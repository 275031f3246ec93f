"""The asker's own link after "resolved": is it done, yes or no, and how content one is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bihuan.faces.portal.visiting import FACES, REASONS, reason_of, reply_of
from bihuan.kernel.errors import Refused
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.cases import actions
from bihuan.spine.cases.closing.visits import Turn, turn_of, visit_of
from bihuan.spine.cases.models import Visit
from bihuan.spine.cases.states import Status


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def visit(request: HttpRequest, token: str) -> HttpResponse:
    """Show the question; only a POST answers it, because programs that look through mail open every link."""
    found = visit_of(token)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    try:
        _take(found, request)
    except Refused as refused:
        # Fetched anew: somebody else's word, or the worker, may have been first.
        return _page(request, visit_of(token) or found, refused)
    return redirect("portal:visit", token)


def _take(found: Visit, request: HttpRequest) -> None:
    said = request.POST.get("said", "")
    if said in {"yes", "no"}:
        is_solved = said == "yes"
        actions.answer_link(visit=found, by=ASKER, is_solved=is_solved, reason=reason_of(request.POST))
    else:
        actions.rate(visit=found, by=ASKER, content=request.POST.get("content", ""))


def _page(request: HttpRequest, found: Visit, refusal: Refused | None = None) -> HttpResponse:
    turn = turn_of(found)
    context: dict[str, Any] = {
        "visit": found,
        "turn": turn,
        "case": found.case,
        "receipt": found.asker.submission.receipt,
        "reply": reply_of(found) if turn == Turn.DONE else "",
        "reasons": REASONS,
        "faces": FACES,
        "is_closed": found.case.status == Status.CLOSED,
        "refusal": refusal,
        "typed": request.POST.get("text", ""),
    }
    response = render(request, "portal/visit.html", context, status=refusal.status if refusal else 200)
    # The address is a key: no search may find it. (That it does not travel with a click is the policy of all pages.)
    response["X-Robots-Tag"] = "noindex"
    return response
