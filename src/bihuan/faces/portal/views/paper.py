"""What the squares on paper open: one address for whoever holds the paper, and for the desk that enters it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bihuan.spine.accounts.adapter import client_ip
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.guessing import watched
from bihuan.spine.paper import queries
from bihuan.spine.paper.models import State


@require_safe
@never_cache
def paper(request: HttpRequest, printed: str) -> HttpResponse:
    """Show how an ask on paper stands; staff who enter asks come to the form instead."""
    with watched(client_ip(request)):
        number = queries.printed_number(printed)
        if number is None:
            raise Http404
    if _may(request, Permission.ENTER):
        return redirect("desk:paper_enter", printed)
    if number.state == State.USED:
        return redirect("portal:receipt", printed)
    context = {"printed": printed, "is_void": number.state == State.VOID}
    return render(request, "portal/paper.html", context)


@require_safe
@never_cache
def printed_list(request: HttpRequest, sheet: str) -> HttpResponse:
    """Say whether a printed list is the newest; staff come to where its results are entered."""
    with watched(client_ip(request)):
        found = queries.sheet_of(sheet)
        if found is None:
            raise Http404
    if _may(request, Permission.WORK):
        return redirect("desk:paper_sheet", found.pk)
    newest = queries.newest_edition(found)
    return render(request, "portal/paper_list.html", {"sheet": found, "newest": newest})


def _may(request: HttpRequest, permission: Permission) -> bool:
    return isinstance(request.user, User) and request.user.may(permission)
