"""A slip of paper with a square, for an asker who reads paper only."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.parts import qr_square
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import actions, queries


@staff(Permission.ENTER)
@require_POST
def slip(request: StaffRequest, case_id: int, asker_id: int) -> HttpResponse:
    """Make a fresh link for one asker and show it for once, made for paper."""
    case = queries.access_case(request.user, case_id)
    asker = case.askers.select_related("submission").filter(pk=asker_id).first()
    if asker is None:
        raise Http404
    link = actions.slip(case=case, by=request.user, asker=asker)
    context = {"case": case, "asker": asker, "link": link, "square": qr_square(link)}
    return render(request, "desk/slip.html", context)
