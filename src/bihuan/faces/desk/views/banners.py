"""Banners: known faults announced over an area, so that nobody needs to ask again."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from bihuan.faces.desk import wording
from bihuan.faces.desk.announcing import BannerForm, blame
from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.numbers import read_numbers
from bihuan.kernel.errors import Refused
from bihuan.spine.cases import queries
from bihuan.spine.cases.banners import actions, gathering
from bihuan.spine.cases.banners.actions import PERMITTED
from bihuan.spine.cases.banners.area import case_of
from bihuan.spine.cases.banners.queries import access_banner, list_live, list_past


@staff(*PERMITTED)
def banners(request: StaffRequest) -> HttpResponse:
    """Show what is announced now, and what was."""
    up = [
        (banner, case_of(banner), len(gathering.list_under(banner, request.user))) for banner in list_live()
    ]
    return render(request, "desk/banners.html", {"up": up, "past": list_past()})


@staff(*PERMITTED)
def banner_new(request: StaffRequest) -> HttpResponseBase:
    """Put a banner up from a Case."""
    numbers = read_numbers([request.POST.get("case") or request.GET.get("case", "")])
    if not numbers:
        return redirect("desk:banners")
    case = queries.access_case(request.user, numbers[0])
    form = BannerForm(case, request.POST or None)
    if form.is_valid():
        try:
            actions.put_up(case=case, by=request.user, **form.answers)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, gettext("The banner is up. Later asks join the case."))
            return redirect("desk:banners")
    context = {"form": form, "case": case, "map_words": wording.map_words()}
    return render(request, "desk/banner_new.html", context, status=422 if form.errors else 200)


@staff(*PERMITTED)
@require_POST
def banner_end(request: StaffRequest, banner_id: int) -> HttpResponseBase:
    """Take a banner down and tell everybody whom it caught."""
    banner = access_banner(request.user, banner_id)
    try:
        ended = actions.take_down(banner=banner, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("desk:banners")
    words = ngettext(
        "Taken down; %(n)d asker is told.", "Taken down; %(n)d askers are told.", ended.caught_count
    )
    messages.success(request, words % {"n": ended.caught_count})
    return redirect("desk:banners")


@staff(*PERMITTED)
@require_POST
def banner_gather(request: StaffRequest, banner_id: int) -> HttpResponseBase:
    """Merge what was asked before the banner was up into its Case."""
    done = gathering.gather(banner=access_banner(request.user, banner_id), by=request.user)
    words = ngettext("%(n)d case merged, %(left)d left.", "%(n)d cases merged, %(left)d left.", done.merged)
    messages.success(request, words % {"n": done.merged, "left": done.left})
    return redirect("desk:banners")
