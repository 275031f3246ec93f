"""Twins: two asks side by side, a second each. Whoever takes a pair has it for a while."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from bihuan.faces.desk import pairs
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Judgement, Pair
from bihuan.spine.cases.twins import judging

COUNTED = 1_000
AT_ONCE = 2  # one to look at, and the next one ready
SKIP = "skip"


@staff(Permission.TRIAGE)
def twins(request: StaffRequest) -> HttpResponse:
    """Show the next pair."""
    return _page(request)


@staff(Permission.TRIAGE)
@require_POST
def judge(request: StaffRequest, pair_id: int, verdict: str) -> HttpResponseBase:
    """Merge a pair, keep it apart for ever, or pass it over; then the next comes."""
    if verdict not in {Judgement.SAME, Judgement.OTHER, SKIP}:
        raise Http404
    pair = judging.access_pair(request.user, pair_id)
    try:
        done = _judge(request, pair, verdict)
    except Refused as refused:
        if refused.status != 409:
            judging.skip(pair=pair, by=request.user)
        return _page(request, error=refused, status=refused.status)
    return _page(request, done=done, said=verdict) if request.htmx else redirect("desk:pairs")


def _judge(request: StaffRequest, pair: Pair, verdict: str) -> Pair | None:
    if verdict != SKIP:
        return judging.judge(pair=pair, verdict=Judgement(verdict), by=request.user)
    judging.skip(pair=pair, by=request.user)
    return None


@staff(Permission.TRIAGE)
@require_POST
def undo(request: StaffRequest) -> HttpResponseBase:
    """Take back one's own latest judgement and show that pair again."""
    try:
        pair = judging.undo(by=request.user)
    except Refused as refused:
        return _page(request, error=refused, status=refused.status)
    return _page(request, first=pair, said="undo") if request.htmx else redirect("desk:pairs")


def _page(
    request: StaffRequest, *, first: Pair | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    taken = judging.take_pairs(by=request.user, count=AT_ONCE)
    if first is not None:
        taken = [first, *(pair for pair in taken if pair.pk != first.pk)][:AT_ONCE]
    shown = [pairs.view(pair) for pair in taken]
    waiting = judging.count_pairs(request.user, COUNTED)
    context |= {
        "current": shown[0] if shown else None,
        "next": shown[1] if len(shown) > 1 else None,
        "waiting": waiting,
        "is_more": waiting == COUNTED,
        "many": pairs.MANY,
    }
    template = "desk/_pairs.html" if request.htmx else "desk/twins.html"
    return render(request, template, context, status=status)
